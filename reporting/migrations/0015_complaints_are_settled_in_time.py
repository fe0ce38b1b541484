"""Once IT has answered a complaint, the business has as many working days to say whether it is settled."""

from typing import ClassVar

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from portal.tenancy.operations import InOneStep


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("reporting", "0014_both_sides_agree_how_they_talk"),
    ]

    operations: ClassVar = [
        InOneStep(
            [
                pgtrigger.migrations.RemoveTrigger(
                    model_name="feedback",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="feedback",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="feedback",
                    name="delete_delete",
                ),
                migrations.AddField(
                    model_name="feedback",
                    name="settle_due_at",
                    field=models.DateTimeField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="feedbackevent",
                    name="settle_due_at",
                    field=models.DateTimeField(blank=True, null=True),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="feedback",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_feedbackevent" ("answer_due_at", "answered_at", "answered_by_id", "business_unit_id", "closed_at", "closed_by_id", "conversation_id", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_at", "raised_by_id", "service_id", "settle_due_at", "tenant_id", "title") VALUES (NEW."answer_due_at", NEW."answered_at", NEW."answered_by_id", NEW."business_unit_id", NEW."closed_at", NEW."closed_by_id", NEW."conversation_id", NEW."id", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."raised_at", NEW."raised_by_id", NEW."service_id", NEW."settle_due_at", NEW."tenant_id", NEW."title"); RETURN NULL;',
                            hash="18a1e6de550dc2a84c728e874cb919e94657f668",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_1a8fd",
                            table="reporting_feedback",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="feedback",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "reporting_feedbackevent" ("answer_due_at", "answered_at", "answered_by_id", "business_unit_id", "closed_at", "closed_by_id", "conversation_id", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_at", "raised_by_id", "service_id", "settle_due_at", "tenant_id", "title") VALUES (NEW."answer_due_at", NEW."answered_at", NEW."answered_by_id", NEW."business_unit_id", NEW."closed_at", NEW."closed_by_id", NEW."conversation_id", NEW."id", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."raised_at", NEW."raised_by_id", NEW."service_id", NEW."settle_due_at", NEW."tenant_id", NEW."title"); RETURN NULL;',
                            hash="04aa918657acc5b3a978149c8910f148a68bdc3a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_2a86d",
                            table="reporting_feedback",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="feedback",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_feedbackevent" ("answer_due_at", "answered_at", "answered_by_id", "business_unit_id", "closed_at", "closed_by_id", "conversation_id", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_at", "raised_by_id", "service_id", "settle_due_at", "tenant_id", "title") VALUES (OLD."answer_due_at", OLD."answered_at", OLD."answered_by_id", OLD."business_unit_id", OLD."closed_at", OLD."closed_by_id", OLD."conversation_id", OLD."id", OLD."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."raised_at", OLD."raised_by_id", OLD."service_id", OLD."settle_due_at", OLD."tenant_id", OLD."title"); RETURN NULL;',
                            hash="eb02fff67c8a52a8848102776f3066ac5e88dfce",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e6197",
                            table="reporting_feedback",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
    ]
