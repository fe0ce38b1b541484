"""A version of a report agreement says what its reviews show, in which order, for whom, and what their words mean."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import portal.tenancy.fields
import portal.tenancy.scope
from portal.tenancy.operations import InOneStep, ProtectTenantTable, ReferWithinTenant


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_tenant_walls"),
        ("conversations", "0003_it_talks_inside_itself"),
        ("reporting", "0006_reviews_are_discussed_signed_and_closed"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        InOneStep(
            [
                migrations.CreateModel(
                    name="LayoutThread",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "business_unit",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="layout_threads",
                                to="accounts.businessunit",
                            ),
                        ),
                        (
                            "conversation",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="layout_threads",
                                to="conversations.conversation",
                            ),
                        ),
                        (
                            "tenant",
                            models.ForeignKey(
                                default=portal.tenancy.scope.required_tenant_id,
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="tenancy.tenant",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ReportInterpretation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "subject",
                            models.CharField(
                                choices=[
                                    ("kept", "Kept"),
                                    ("close", "Close"),
                                    ("missed", "Missed"),
                                    ("at_risk", "At risk"),
                                    ("trial", "Trial"),
                                    ("disputed", "Disputed"),
                                    ("data_gap", "Data gap"),
                                    ("no_cases", "No cases"),
                                    ("experienced", "As felt"),
                                    ("score", "Promises kept"),
                                    ("worth", "Worth"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("means", models.CharField(max_length=300)),
                        ("means_not", models.CharField(max_length=300)),
                        (
                            "report_agreement",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="interpretations",
                                to="reporting.reportagreement",
                            ),
                        ),
                        (
                            "tenant",
                            models.ForeignKey(
                                default=portal.tenancy.scope.required_tenant_id,
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="tenancy.tenant",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ReportSection",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "section",
                            models.CharField(
                                choices=[
                                    ("months", "Twelve months"),
                                    ("promises", "Promises in detail"),
                                    ("worth", "What it was worth"),
                                    ("better", "What will be better"),
                                    ("decisions", "Decisions"),
                                    ("rules", "How we count"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        (
                            "report_agreement",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sections",
                                to="reporting.reportagreement",
                            ),
                        ),
                        (
                            "tenant",
                            models.ForeignKey(
                                default=portal.tenancy.scope.required_tenant_id,
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="tenancy.tenant",
                            ),
                        ),
                    ],
                ),
                pgtrigger.migrations.RemoveTrigger(model_name="reportagreement", name="insert_insert"),
                pgtrigger.migrations.RemoveTrigger(model_name="reportagreement", name="update_update"),
                pgtrigger.migrations.RemoveTrigger(model_name="reportagreement", name="delete_delete"),
                migrations.RemoveConstraint(model_name="reportagreement", name="report_agreement_accepted_by_name"),
                migrations.AddField(
                    model_name="reportagreement", name="audience", field=models.CharField(blank=True, max_length=200)
                ),
                migrations.AddField(
                    model_name="reportagreement",
                    name="drafted_by",
                    field=portal.tenancy.fields.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                migrations.AddField(
                    model_name="reportagreement", name="fingerprint", field=models.CharField(blank=True, max_length=64)
                ),
                migrations.AddField(
                    model_name="reportagreement", name="is_counter", field=models.BooleanField(default=False)
                ),
                migrations.AddField(
                    model_name="reportagreement",
                    name="language",
                    field=models.CharField(choices=[("en", "English")], default="en", max_length=10),
                ),
                migrations.AddField(
                    model_name="reportagreement", name="proposed_at", field=models.DateTimeField(blank=True, null=True)
                ),
                migrations.AddField(
                    model_name="reportagreement", name="reason", field=models.CharField(blank=True, max_length=1000)
                ),
                migrations.AddField(
                    model_name="reportagreement",
                    name="sealed_in",
                    field=models.BigIntegerField(blank=True, editable=False, null=True),
                ),
                migrations.AddField(
                    model_name="reportagreement", name="shows_budget", field=models.BooleanField(default=True)
                ),
                migrations.AddField(
                    model_name="reportagreement", name="shows_events", field=models.BooleanField(default=True)
                ),
                migrations.AddField(
                    model_name="reportagreement", name="shows_experienced", field=models.BooleanField(default=True)
                ),
                migrations.AddField(
                    model_name="reportagreementevent",
                    name="audience",
                    field=models.CharField(blank=True, max_length=200),
                ),
                migrations.AddField(
                    model_name="reportagreementevent",
                    name="drafted_by",
                    field=portal.tenancy.fields.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.membership",
                    ),
                ),
                migrations.AddField(
                    model_name="reportagreementevent",
                    name="fingerprint",
                    field=models.CharField(blank=True, max_length=64),
                ),
                migrations.AddField(
                    model_name="reportagreementevent", name="is_counter", field=models.BooleanField(default=False)
                ),
                migrations.AddField(
                    model_name="reportagreementevent",
                    name="language",
                    field=models.CharField(choices=[("en", "English")], default="en", max_length=10),
                ),
                migrations.AddField(
                    model_name="reportagreementevent",
                    name="proposed_at",
                    field=models.DateTimeField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="reportagreementevent",
                    name="reason",
                    field=models.CharField(blank=True, max_length=1000),
                ),
                migrations.AddField(
                    model_name="reportagreementevent",
                    name="sealed_in",
                    field=models.BigIntegerField(blank=True, editable=False, null=True),
                ),
                migrations.AddField(
                    model_name="reportagreementevent", name="shows_budget", field=models.BooleanField(default=True)
                ),
                migrations.AddField(
                    model_name="reportagreementevent", name="shows_events", field=models.BooleanField(default=True)
                ),
                migrations.AddField(
                    model_name="reportagreementevent", name="shows_experienced", field=models.BooleanField(default=True)
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reportagreement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_reportagreementevent" ("agreed_by_business", "agreed_by_it", "agreed_on", "answer_working_days", "audience", "business_unit_id", "drafted_by_id", "felt_by_words", "fingerprint", "id", "is_counter", "issue_working_day", "language", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "reason", "sealed_in", "shows_budget", "shows_events", "shows_experienced", "tenant_id", "version") VALUES (NEW."agreed_by_business", NEW."agreed_by_it", NEW."agreed_on", NEW."answer_working_days", NEW."audience", NEW."business_unit_id", NEW."drafted_by_id", NEW."felt_by_words", NEW."fingerprint", NEW."id", NEW."is_counter", NEW."issue_working_day", NEW."language", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."proposed_at", NEW."reason", NEW."sealed_in", NEW."shows_budget", NEW."shows_events", NEW."shows_experienced", NEW."tenant_id", NEW."version"); RETURN NULL;',
                            hash="ac05aefa1a0c3ab3d6d8780422a2335e100c7b3a",
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
                            func='INSERT INTO "reporting_reportagreementevent" ("agreed_by_business", "agreed_by_it", "agreed_on", "answer_working_days", "audience", "business_unit_id", "drafted_by_id", "felt_by_words", "fingerprint", "id", "is_counter", "issue_working_day", "language", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "reason", "sealed_in", "shows_budget", "shows_events", "shows_experienced", "tenant_id", "version") VALUES (NEW."agreed_by_business", NEW."agreed_by_it", NEW."agreed_on", NEW."answer_working_days", NEW."audience", NEW."business_unit_id", NEW."drafted_by_id", NEW."felt_by_words", NEW."fingerprint", NEW."id", NEW."is_counter", NEW."issue_working_day", NEW."language", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."proposed_at", NEW."reason", NEW."sealed_in", NEW."shows_budget", NEW."shows_events", NEW."shows_experienced", NEW."tenant_id", NEW."version"); RETURN NULL;',
                            hash="cb57ce3fcfcddaff3d4e52defcb116c0d68499e5",
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
                            func='INSERT INTO "reporting_reportagreementevent" ("agreed_by_business", "agreed_by_it", "agreed_on", "answer_working_days", "audience", "business_unit_id", "drafted_by_id", "felt_by_words", "fingerprint", "id", "is_counter", "issue_working_day", "language", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "reason", "sealed_in", "shows_budget", "shows_events", "shows_experienced", "tenant_id", "version") VALUES (OLD."agreed_by_business", OLD."agreed_by_it", OLD."agreed_on", OLD."answer_working_days", OLD."audience", OLD."business_unit_id", OLD."drafted_by_id", OLD."felt_by_words", OLD."fingerprint", OLD."id", OLD."is_counter", OLD."issue_working_day", OLD."language", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."proposed_at", OLD."reason", OLD."sealed_in", OLD."shows_budget", OLD."shows_events", OLD."shows_experienced", OLD."tenant_id", OLD."version"); RETURN NULL;',
                            hash="b955f162d49026eab39b8e5aba6753d872826dac",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_35d19",
                            table="reporting_reportagreement",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="layoutthread",
                    constraint=models.UniqueConstraint(
                        fields=("tenant", "conversation"), name="layout_thread_conversation"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="layoutthread",
                    constraint=models.UniqueConstraint(fields=("tenant", "business_unit"), name="layout_thread_once"),
                ),
                migrations.AddConstraint(
                    model_name="reportinterpretation",
                    constraint=models.UniqueConstraint(
                        fields=("tenant", "report_agreement", "subject"), name="interpretation_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reportinterpretation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "subject__in",
                                [
                                    "kept",
                                    "close",
                                    "missed",
                                    "at_risk",
                                    "trial",
                                    "disputed",
                                    "data_gap",
                                    "no_cases",
                                    "experienced",
                                    "score",
                                    "worth",
                                ],
                            )
                        ),
                        name="interpretation_subject_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reportinterpretation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("means", ""), _negated=True), models.Q(("means_not", ""), _negated=True)
                        ),
                        name="interpretation_says_both",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reportsection",
                    constraint=models.UniqueConstraint(
                        fields=("tenant", "report_agreement", "section"), name="report_section_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reportsection",
                    constraint=models.UniqueConstraint(
                        fields=("tenant", "report_agreement", "position"), name="report_section_place"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reportsection",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("section__in", ["months", "promises", "worth", "better", "decisions", "rules"])
                        ),
                        name="report_section_known",
                    ),
                ),
                ProtectTenantTable("reportsection"),
                ProtectTenantTable("reportinterpretation"),
                ProtectTenantTable("layoutthread"),
                ReferWithinTenant("reportsection"),
                ReferWithinTenant("reportinterpretation"),
                ReferWithinTenant("layoutthread"),
                ReferWithinTenant("reportagreement", "drafted_by"),
            ]
        )
    ]
