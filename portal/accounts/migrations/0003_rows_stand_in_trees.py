"""Rows that stand under others of their table never close a circle, also when two people move them at once."""

from typing import ClassVar

from django.db import migrations

# Whoever moves a row waits for whoever moves another one of the same tenant, and then sees where that one stands.
KEEP_TREE = """
CREATE FUNCTION keep_tree() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    above bigint := NEW.parent_id;
BEGIN
    IF above IS NULL OR (TG_OP = 'UPDATE' AND above IS NOT DISTINCT FROM OLD.parent_id) THEN
        RETURN NEW;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended(TG_TABLE_NAME, NEW.tenant_id));
    WHILE above IS NOT NULL LOOP
        IF above = NEW.id THEN
            RAISE EXCEPTION 'A row of % would stand under itself: %', TG_TABLE_NAME, NEW.id
                  USING ERRCODE = 'check_violation';
        END IF;
        EXECUTE format('SELECT parent_id FROM %I WHERE id = $1', TG_TABLE_NAME) INTO above USING above;
    END LOOP;
    RETURN NEW;
END
$$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("accounts", "0002_tenant_walls")]

    operations: ClassVar = [migrations.RunSQL(KEEP_TREE, "DROP FUNCTION keep_tree()")]
