"""A clock runs where an agreement says how long; a review begins as a draft; layouts hold nothing that is not read."""

from typing import ClassVar

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from portal.tenancy.operations import ChangeTables


class Migration(migrations.Migration):
    dependencies: ClassVar = [("reporting", "0007_months_and_rates_in_order")]

    operations: ClassVar = [
        ChangeTables(
            [
                pgtrigger.migrations.RemoveTrigger(
                    model_name="reportagreement",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="reportagreement",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="reportagreement",
                    name="delete_delete",
                ),
                migrations.RemoveConstraint(
                    model_name="servicereview",
                    name="review_state_known",
                ),
                migrations.RemoveField(
                    model_name="reportagreement",
                    name="sections",
                ),
                migrations.RemoveField(
                    model_name="reportagreementevent",
                    name="sections",
                ),
                migrations.AlterField(
                    model_name="dispute",
                    name="answer_due_at",
                    field=models.DateTimeField(blank=True, null=True),
                ),
                migrations.AlterField(
                    model_name="disputeevent",
                    name="answer_due_at",
                    field=models.DateTimeField(blank=True, null=True),
                ),
                migrations.AlterField(
                    model_name="servicereview",
                    name="state",
                    field=models.CharField(
                        choices=[("draft", "Draft"), ("issued", "Issued"), ("acknowledged", "Acknowledged")],
                        default="draft",
                        max_length=12,
                    ),
                ),
                migrations.AlterField(
                    model_name="servicereviewevent",
                    name="state",
                    field=models.CharField(
                        choices=[("draft", "Draft"), ("issued", "Issued"), ("acknowledged", "Acknowledged")],
                        default="draft",
                        max_length=12,
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reportagreement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_reportagreementevent" ("agreed_by_business", "agreed_by_it", "agreed_on", "answer_working_days", "business_unit_id", "felt_by_words", "id", "issue_working_day", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tenant_id", "version") VALUES (NEW."agreed_by_business", NEW."agreed_by_it", NEW."agreed_on", NEW."answer_working_days", NEW."business_unit_id", NEW."felt_by_words", NEW."id", NEW."issue_working_day", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."tenant_id", NEW."version"); RETURN NULL;',
                            hash="404c91ef1e01574cdb0f295c00a99b66b43e9ed6",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_58f3d",
                            table="reporting_reportagreement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reportagreement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "reporting_reportagreementevent" ("agreed_by_business", "agreed_by_it", "agreed_on", "answer_working_days", "business_unit_id", "felt_by_words", "id", "issue_working_day", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tenant_id", "version") VALUES (NEW."agreed_by_business", NEW."agreed_by_it", NEW."agreed_on", NEW."answer_working_days", NEW."business_unit_id", NEW."felt_by_words", NEW."id", NEW."issue_working_day", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."tenant_id", NEW."version"); RETURN NULL;',
                            hash="2bca8cabd9cdd60bfd52f5e895690e300c516311",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_35f7c",
                            table="reporting_reportagreement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reportagreement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_reportagreementevent" ("agreed_by_business", "agreed_by_it", "agreed_on", "answer_working_days", "business_unit_id", "felt_by_words", "id", "issue_working_day", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tenant_id", "version") VALUES (OLD."agreed_by_business", OLD."agreed_by_it", OLD."agreed_on", OLD."answer_working_days", OLD."business_unit_id", OLD."felt_by_words", OLD."id", OLD."issue_working_day", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."tenant_id", OLD."version"); RETURN NULL;',
                            hash="02ba21aac35a026923d3b903778bc4679e0f0d89",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_35d19",
                            table="reporting_reportagreement",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="servicereview",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "issued", "acknowledged"])),
                        name="review_state_known",
                    ),
                ),
            ]
        )
    ]
