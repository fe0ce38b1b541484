"""An improvement keeps the day on which it was confirmed, found without benefit, or dropped."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from portal.tenancy.operations import ChangeTables


class Migration(migrations.Migration):
    dependencies = [
        ("improvement", "0002_tenant_walls"),
    ]

    operations = [
        ChangeTables(
            [
                pgtrigger.migrations.RemoveTrigger(
                    model_name="improvementopportunity",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="improvementopportunity",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="improvementopportunity",
                    name="delete_delete",
                ),
                migrations.AddField(
                    model_name="improvementopportunity",
                    name="closed_on",
                    field=models.DateField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="improvementopportunityevent",
                    name="closed_on",
                    field=models.DateField(blank=True, null=True),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="improvementopportunity",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "improvement_improvementopportunityevent" ("business_unit_id", "closed_on", "done_on", "due_on", "goal_id", "id", "notice", "number", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "raised_at", "raised_by_id", "service_id", "size", "state", "tenant_id", "title", "why") VALUES (NEW."business_unit_id", NEW."closed_on", NEW."done_on", NEW."due_on", NEW."goal_id", NEW."id", NEW."notice", NEW."number", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."priority", NEW."raised_at", NEW."raised_by_id", NEW."service_id", NEW."size", NEW."state", NEW."tenant_id", NEW."title", NEW."why"); RETURN NULL;',
                            hash="9345ed3931f94a498d06ce8c67e13dabcf9537fa",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_7a918",
                            table="improvement_improvementopportunity",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="improvementopportunity",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "improvement_improvementopportunityevent" ("business_unit_id", "closed_on", "done_on", "due_on", "goal_id", "id", "notice", "number", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "raised_at", "raised_by_id", "service_id", "size", "state", "tenant_id", "title", "why") VALUES (NEW."business_unit_id", NEW."closed_on", NEW."done_on", NEW."due_on", NEW."goal_id", NEW."id", NEW."notice", NEW."number", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."priority", NEW."raised_at", NEW."raised_by_id", NEW."service_id", NEW."size", NEW."state", NEW."tenant_id", NEW."title", NEW."why"); RETURN NULL;',
                            hash="a2d36b71b258f8df05dc1fc3347cadce6d4b4770",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_8fa33",
                            table="improvement_improvementopportunity",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="improvementopportunity",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "improvement_improvementopportunityevent" ("business_unit_id", "closed_on", "done_on", "due_on", "goal_id", "id", "notice", "number", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "raised_at", "raised_by_id", "service_id", "size", "state", "tenant_id", "title", "why") VALUES (OLD."business_unit_id", OLD."closed_on", OLD."done_on", OLD."due_on", OLD."goal_id", OLD."id", OLD."notice", OLD."number", OLD."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."priority", OLD."raised_at", OLD."raised_by_id", OLD."service_id", OLD."size", OLD."state", OLD."tenant_id", OLD."title", OLD."why"); RETURN NULL;',
                            hash="fc0ad37775505e5c90e3ce3d8a7baf18a7f635dc",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_ea97b",
                            table="improvement_improvementopportunity",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        )
    ]
