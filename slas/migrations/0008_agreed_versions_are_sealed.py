"""What both sides agreed on stays as it is, whoever writes: held by triggers that the unprivileged role cannot pass.

A version is sealed by the transaction in which it becomes agreed. Afterwards it only moves on (in force, superseded,
expired, terminated), ends earlier, and has notice given once; its promises, duties, scope, acceptances, and the service
hours that they name, stay. Of a duty, who has it and when it was done may still be written.
"""

from typing import ClassVar

from django.db import migrations, models

from portal.tenancy.operations import (
    SEALED_ROWS,
    InOneStep,
    KeepHistory,
    ProtectTenantTable,
    ReferWithinTenant,
    SealWith,
)

OPEN = "('draft', 'proposed', 'negotiation')"
KEEP_VERSION = f"""
CREATE FUNCTION keep_agreed_version() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    free text[] := ARRAY['state', 'ends_on', 'notice_given_on', 'sealed_in'];
    is_kept boolean;
BEGIN
    IF TG_OP = 'INSERT' OR OLD.sealed_in IS NULL OR OLD.sealed_in = txid_current() THEN
        IF TG_OP = 'DELETE' THEN
            RETURN OLD;
        END IF;
        NEW.sealed_in := CASE WHEN NEW.state IN {OPEN} THEN NULL ELSE txid_current() END;
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        NEW.sealed_in := OLD.sealed_in;
        is_kept := to_jsonb(NEW) - free = to_jsonb(OLD) - free
            AND (NEW.state = OLD.state
                 OR NEW.state IN ('superseded', 'expired', 'terminated') AND OLD.state IN ('agreed', 'in_force')
                 OR NEW.state = 'in_force' AND OLD.state = 'agreed')
            AND (NEW.ends_on IS NOT DISTINCT FROM OLD.ends_on
                 OR NEW.ends_on < COALESCE(OLD.ends_on, 'infinity'))
            AND (NEW.notice_given_on IS NOT DISTINCT FROM OLD.notice_given_on OR OLD.notice_given_on IS NULL);
        IF is_kept THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'Both sides agreed on this: version % of agreement % stays as it is', OLD.version, OLD.slug
          USING ERRCODE = 'restrict_violation';
END
$$
"""
KEEP_HOURS = """
CREATE FUNCTION keep_agreed_hours() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    was jsonb := CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE to_jsonb(OLD) END;
    becomes jsonb := CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE to_jsonb(NEW) END;
    counting bigint[];
    is_agreed boolean;
BEGIN
    IF was = becomes THEN
        RETURN NEW;
    END IF;
    WITH RECURSIVE counted AS (  -- a later version counts by the one that it replaces until it begins
        SELECT (line ->> TG_ARGV[0])::bigint AS id
        FROM unnest(array_remove(ARRAY[was, becomes], NULL)) AS line
        UNION
        SELECT later.id FROM slas_servicehours AS later JOIN counted ON later.replaces_id = counted.id
    )
    SELECT array_agg(DISTINCT agreement_id) INTO counting
    FROM slas_serviceleveltarget WHERE service_hours_id IN (SELECT id FROM counted);
    -- held, so that nobody agrees on them while they change
    SELECT bool_or(sealed_in <> txid_current()) INTO is_agreed
    FROM (SELECT sealed_in FROM slas_agreement WHERE id = ANY (counting) ORDER BY id FOR SHARE) AS held;
    IF is_agreed THEN
        RAISE EXCEPTION 'Both sides agreed on these hours: a row of % stays as it is', TG_TABLE_NAME
              USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$
"""
SCOPE_DAYS = f"""
CREATE FUNCTION take_days_of_agreement() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    SELECT starts_on, ends_on, kind = 'sla' AND state NOT IN {OPEN}
    INTO NEW.starts_on, NEW.ends_on, NEW.holds
    FROM slas_agreement WHERE id = NEW.agreement_id;
    NEW.holds := COALESCE(NEW.holds, false);  -- of an agreement that is not there, which the reference refuses
    RETURN NEW;
END
$$
"""  # noqa: S608 - the states of our own list
MOVE_SCOPE = """
CREATE FUNCTION move_scope_with_agreement() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE slas_agreementscope SET agreement_id = agreement_id WHERE agreement_id = NEW.id;
    RETURN NULL;
END
$$
"""


def trigger(name: str, when: str, table: str, function: str) -> str:
    return f"CREATE TRIGGER {name} {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {function}"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("slas", "0007_agreements_have_scope_notice_and_duties")]

    operations: ClassVar = [
        InOneStep(
            [
                ProtectTenantTable("agreementscope"),
                ReferWithinTenant("agreementscope"),
                KeepHistory("agreementscopeevent"),
                migrations.RunSQL(
                    [
                        "UPDATE slas_obligation SET slug = 'duty-' || id WHERE slug = ''",
                        f"UPDATE slas_agreement SET sealed_in = 1 WHERE state NOT IN {OPEN}",  # noqa: S608 - as above
                        SEALED_ROWS,
                        KEEP_VERSION,
                        KEEP_HOURS,
                        SCOPE_DAYS,
                        MOVE_SCOPE,
                        trigger(
                            "agreement_sealed",
                            "BEFORE INSERT OR UPDATE OR DELETE",
                            "slas_agreement",
                            "keep_agreed_version()",
                        ),
                        trigger(
                            "agreement_moves_scope",
                            "AFTER UPDATE OF state, kind, starts_on, ends_on",
                            "slas_agreement",
                            "move_scope_with_agreement()",
                        ),
                        trigger(
                            "agreement_scope_days",
                            "BEFORE INSERT OR UPDATE",
                            "slas_agreementscope",
                            "take_days_of_agreement()",
                        ),
                        trigger(
                            "service_hours_sealed",
                            "BEFORE UPDATE OR DELETE",
                            "slas_servicehours",
                            "keep_agreed_hours('id')",
                        ),
                        trigger(
                            "hours_window_sealed",
                            "BEFORE INSERT OR UPDATE OR DELETE",
                            "slas_hourswindow",
                            "keep_agreed_hours('service_hours_id')",
                        ),
                        trigger(
                            "hours_exception_sealed",
                            "BEFORE INSERT OR UPDATE OR DELETE",
                            "slas_hoursexception",
                            "keep_agreed_hours('service_hours_id')",
                        ),
                    ]
                ),
                SealWith("serviceleveltarget", ["agreement"]),
                SealWith("obligation", ["agreement"], free=["owner_id", "done_on"]),
                SealWith("agreementscope", ["agreement"], free=["starts_on", "ends_on", "holds"]),
                SealWith("acceptance", ["agreement"]),
                migrations.AddConstraint(
                    model_name="obligation",
                    constraint=models.UniqueConstraint(
                        fields=("tenant", "agreement", "slug"), name="obligation_address"
                    ),
                ),
            ]
        )
    ]
