"""An entitlement says whether the unit has the level, or may ask for it; the same one is written once."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from portal.tenancy.operations import ChangeTables


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_tenant_walls"),
        ("catalog", "0002_tenant_walls"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        ChangeTables(
            [
                pgtrigger.migrations.RemoveTrigger(
                    model_name="entitlement",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="entitlement",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="entitlement",
                    name="delete_delete",
                ),
                migrations.AddField(
                    model_name="entitlement",
                    name="is_subscribed",
                    field=models.BooleanField(
                        default=True, help_text="The unit has this level; otherwise it may ask for it."
                    ),
                ),
                migrations.AddField(
                    model_name="entitlementevent",
                    name="is_subscribed",
                    field=models.BooleanField(
                        default=True, help_text="The unit has this level; otherwise it may ask for it."
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="entitlement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_entitlementevent" ("business_unit_id", "covered_words", "ends_on", "id", "is_subscribed", "level_words", "offering_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "tenant_id") VALUES (NEW."business_unit_id", NEW."covered_words", NEW."ends_on", NEW."id", NEW."is_subscribed", NEW."level_words", NEW."offering_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."starts_on", NEW."tenant_id"); RETURN NULL;',
                            hash="0b9aa05ed797a0d39ffc5d96ca6d08970f430187",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e6895",
                            table="catalog_entitlement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="entitlement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "catalog_entitlementevent" ("business_unit_id", "covered_words", "ends_on", "id", "is_subscribed", "level_words", "offering_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "tenant_id") VALUES (NEW."business_unit_id", NEW."covered_words", NEW."ends_on", NEW."id", NEW."is_subscribed", NEW."level_words", NEW."offering_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."starts_on", NEW."tenant_id"); RETURN NULL;',
                            hash="81440412b180073fedab059b7000935042c5c8f6",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5bdd7",
                            table="catalog_entitlement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="entitlement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_entitlementevent" ("business_unit_id", "covered_words", "ends_on", "id", "is_subscribed", "level_words", "offering_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "tenant_id") VALUES (OLD."business_unit_id", OLD."covered_words", OLD."ends_on", OLD."id", OLD."is_subscribed", OLD."level_words", OLD."offering_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."starts_on", OLD."tenant_id"); RETURN NULL;',
                            hash="a280796ebed3290488ce93b485cb30a7877ed432",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_392b3",
                            table="catalog_entitlement",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="entitlement",
                    constraint=models.UniqueConstraint(
                        fields=("tenant", "offering", "business_unit", "starts_on"),
                        name="entitlement_once",
                        nulls_distinct=False,
                    ),
                ),
            ]
        )
    ]
