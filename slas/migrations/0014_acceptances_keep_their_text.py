"""A yes keeps the text to which it was given, so that what changes later can be told."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from portal.tenancy.operations import ChangeTables


class Migration(migrations.Migration):
    dependencies = [
        ("slas", "0013_figures_keep_what_was_judged"),
    ]

    operations = [
        ChangeTables(
            [
                pgtrigger.migrations.RemoveTrigger(
                    model_name="acceptance",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="acceptance",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="acceptance",
                    name="delete_delete",
                ),
                migrations.AddField(
                    model_name="acceptance",
                    name="text",
                    field=models.JSONField(default=dict),
                ),
                migrations.AddField(
                    model_name="acceptanceevent",
                    name="text",
                    field=models.JSONField(default=dict),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="acceptance",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "slas_acceptanceevent" ("accepted_at", "agreement_id", "fingerprint", "id", "member_id", "name", "party_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "tenant_id", "text") VALUES (NEW."accepted_at", NEW."agreement_id", NEW."fingerprint", NEW."id", NEW."member_id", NEW."name", NEW."party_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."role", NEW."tenant_id", NEW."text"); RETURN NULL;',
                            hash="ceeff274672f4a09f0b375d199376f171fbc8c75",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ca24b",
                            table="slas_acceptance",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="acceptance",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "slas_acceptanceevent" ("accepted_at", "agreement_id", "fingerprint", "id", "member_id", "name", "party_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "tenant_id", "text") VALUES (NEW."accepted_at", NEW."agreement_id", NEW."fingerprint", NEW."id", NEW."member_id", NEW."name", NEW."party_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."role", NEW."tenant_id", NEW."text"); RETURN NULL;',
                            hash="5dab93affb58092fc185b05b6985e766cc00dfc1",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_20401",
                            table="slas_acceptance",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="acceptance",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "slas_acceptanceevent" ("accepted_at", "agreement_id", "fingerprint", "id", "member_id", "name", "party_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "tenant_id", "text") VALUES (OLD."accepted_at", OLD."agreement_id", OLD."fingerprint", OLD."id", OLD."member_id", OLD."name", OLD."party_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."role", OLD."tenant_id", OLD."text"); RETURN NULL;',
                            hash="996873b1ae0ac13c7f10e7f9808ab58a7edd03cc",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_201a4",
                            table="slas_acceptance",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
    ]
