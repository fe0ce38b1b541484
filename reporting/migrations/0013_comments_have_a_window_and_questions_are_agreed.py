"""A report agreement may give comments a window of their own, and have short questions asked by themselves."""

from typing import ClassVar

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import portal.tenancy.fields
from portal.tenancy.operations import InOneStep


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("accounts", "0002_tenant_walls"),
        ("reporting", "0012_a_second_person_checks_before_the_issue"),
        ("tenancy", "0001_initial"),
    ]

    operations: ClassVar = [
        InOneStep(
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
                pgtrigger.migrations.RemoveTrigger(
                    model_name="servicereview",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="servicereview",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="servicereview",
                    name="delete_delete",
                ),
                migrations.AddField(
                    model_name="reportagreement",
                    name="asks_after_case",
                    field=models.BooleanField(default=False),
                ),
                migrations.AddField(
                    model_name="reportagreement",
                    name="asks_after_review",
                    field=models.BooleanField(default=False),
                ),
                migrations.AddField(
                    model_name="reportagreement",
                    name="comment_working_days",
                    field=models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="In which comments and questions are possible; without it, until it is signed.",
                        null=True,
                    ),
                ),
                migrations.AddField(
                    model_name="reportagreementevent",
                    name="asks_after_case",
                    field=models.BooleanField(default=False),
                ),
                migrations.AddField(
                    model_name="reportagreementevent",
                    name="asks_after_review",
                    field=models.BooleanField(default=False),
                ),
                migrations.AddField(
                    model_name="reportagreementevent",
                    name="comment_working_days",
                    field=models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="In which comments and questions are possible; without it, until it is signed.",
                        null=True,
                    ),
                ),
                migrations.AddField(
                    model_name="servicereview",
                    name="comments_end_on",
                    field=models.DateField(blank=True, help_text="Without it, until the review is signed.", null=True),
                ),
                migrations.AddField(
                    model_name="servicereviewevent",
                    name="comments_end_on",
                    field=models.DateField(blank=True, help_text="Without it, until the review is signed.", null=True),
                ),
                migrations.AlterField(
                    model_name="pulse",
                    name="opened_by",
                    field=portal.tenancy.fields.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                migrations.AlterField(
                    model_name="pulseevent",
                    name="opened_by",
                    field=portal.tenancy.fields.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.membership",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reportagreement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_reportagreementevent" ("agreed_by_business", "agreed_by_it", "agreed_on", "answer_working_days", "asks_after_case", "asks_after_review", "audience", "business_unit_id", "comment_working_days", "drafted_by_id", "felt_by_words", "fingerprint", "id", "is_checked", "is_counter", "issue_working_day", "issues_itself", "language", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "reason", "sealed_in", "shows_budget", "shows_events", "shows_experienced", "tenant_id", "version") VALUES (NEW."agreed_by_business", NEW."agreed_by_it", NEW."agreed_on", NEW."answer_working_days", NEW."asks_after_case", NEW."asks_after_review", NEW."audience", NEW."business_unit_id", NEW."comment_working_days", NEW."drafted_by_id", NEW."felt_by_words", NEW."fingerprint", NEW."id", NEW."is_checked", NEW."is_counter", NEW."issue_working_day", NEW."issues_itself", NEW."language", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."proposed_at", NEW."reason", NEW."sealed_in", NEW."shows_budget", NEW."shows_events", NEW."shows_experienced", NEW."tenant_id", NEW."version"); RETURN NULL;',
                            hash="77bf18d07f74fe32903c56165b426b234c65c1ec",
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
                            func='INSERT INTO "reporting_reportagreementevent" ("agreed_by_business", "agreed_by_it", "agreed_on", "answer_working_days", "asks_after_case", "asks_after_review", "audience", "business_unit_id", "comment_working_days", "drafted_by_id", "felt_by_words", "fingerprint", "id", "is_checked", "is_counter", "issue_working_day", "issues_itself", "language", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "reason", "sealed_in", "shows_budget", "shows_events", "shows_experienced", "tenant_id", "version") VALUES (NEW."agreed_by_business", NEW."agreed_by_it", NEW."agreed_on", NEW."answer_working_days", NEW."asks_after_case", NEW."asks_after_review", NEW."audience", NEW."business_unit_id", NEW."comment_working_days", NEW."drafted_by_id", NEW."felt_by_words", NEW."fingerprint", NEW."id", NEW."is_checked", NEW."is_counter", NEW."issue_working_day", NEW."issues_itself", NEW."language", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."proposed_at", NEW."reason", NEW."sealed_in", NEW."shows_budget", NEW."shows_events", NEW."shows_experienced", NEW."tenant_id", NEW."version"); RETURN NULL;',
                            hash="04668da0142561ae4cfcd649e555d12960e57f26",
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
                            func='INSERT INTO "reporting_reportagreementevent" ("agreed_by_business", "agreed_by_it", "agreed_on", "answer_working_days", "asks_after_case", "asks_after_review", "audience", "business_unit_id", "comment_working_days", "drafted_by_id", "felt_by_words", "fingerprint", "id", "is_checked", "is_counter", "issue_working_day", "issues_itself", "language", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "reason", "sealed_in", "shows_budget", "shows_events", "shows_experienced", "tenant_id", "version") VALUES (OLD."agreed_by_business", OLD."agreed_by_it", OLD."agreed_on", OLD."answer_working_days", OLD."asks_after_case", OLD."asks_after_review", OLD."audience", OLD."business_unit_id", OLD."comment_working_days", OLD."drafted_by_id", OLD."felt_by_words", OLD."fingerprint", OLD."id", OLD."is_checked", OLD."is_counter", OLD."issue_working_day", OLD."issues_itself", OLD."language", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."proposed_at", OLD."reason", OLD."sealed_in", OLD."shows_budget", OLD."shows_events", OLD."shows_experienced", OLD."tenant_id", OLD."version"); RETURN NULL;',
                            hash="afe685c3a88168edd9387721ea5753c206ae0de3",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_35d19",
                            table="reporting_reportagreement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicereview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_servicereviewevent" ("answer_due_on", "business_unit_id", "comments_end_on", "drafted_at", "id", "issued_at", "meeting_at", "meeting_minutes", "month", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_by_id", "report_agreement_id", "state", "tenant_id") VALUES (NEW."answer_due_on", NEW."business_unit_id", NEW."comments_end_on", NEW."drafted_at", NEW."id", NEW."issued_at", NEW."meeting_at", NEW."meeting_minutes", NEW."month", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."prepared_by_id", NEW."report_agreement_id", NEW."state", NEW."tenant_id"); RETURN NULL;',
                            hash="728310827640bf6c00832c4403882fe1239921e3",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_814ad",
                            table="reporting_servicereview",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicereview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "reporting_servicereviewevent" ("answer_due_on", "business_unit_id", "comments_end_on", "drafted_at", "id", "issued_at", "meeting_at", "meeting_minutes", "month", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_by_id", "report_agreement_id", "state", "tenant_id") VALUES (NEW."answer_due_on", NEW."business_unit_id", NEW."comments_end_on", NEW."drafted_at", NEW."id", NEW."issued_at", NEW."meeting_at", NEW."meeting_minutes", NEW."month", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."prepared_by_id", NEW."report_agreement_id", NEW."state", NEW."tenant_id"); RETURN NULL;',
                            hash="c3e0c06d0dc229714db77fb9f68b251901d7ff81",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_4eec5",
                            table="reporting_servicereview",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicereview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_servicereviewevent" ("answer_due_on", "business_unit_id", "comments_end_on", "drafted_at", "id", "issued_at", "meeting_at", "meeting_minutes", "month", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_by_id", "report_agreement_id", "state", "tenant_id") VALUES (OLD."answer_due_on", OLD."business_unit_id", OLD."comments_end_on", OLD."drafted_at", OLD."id", OLD."issued_at", OLD."meeting_at", OLD."meeting_minutes", OLD."month", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."prepared_by_id", OLD."report_agreement_id", OLD."state", OLD."tenant_id"); RETURN NULL;',
                            hash="08ed7b7f8ab2ebd42d59dc37af28bf0d45d111ef",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_23234",
                            table="reporting_servicereview",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reportagreement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("comment_working_days__isnull", True),
                            ("comment_working_days__range", (1, 20)),
                            _connector="OR",
                        ),
                        name="report_agreement_window_in_range",
                    ),
                ),
            ]
        )
    ]
