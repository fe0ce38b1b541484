"""A second person may have to read a review before it is issued, and it may be issued by itself: where both sides agree."""

from typing import ClassVar

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import portal.tenancy.fields
import portal.tenancy.scope
from portal.tenancy.operations import InOneStep, ProtectTenantTable, ReferWithinTenant


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("accounts", "0002_tenant_walls"),
        ("reporting", "0011_reviews_speak_german"),
        ("tenancy", "0001_initial"),
    ]

    operations: ClassVar = [
        InOneStep(
            [
                migrations.CreateModel(
                    name="ReviewCheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("checked_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "outcome",
                            models.CharField(
                                blank=True, choices=[("passed", "Passed"), ("returned", "Sent back")], max_length=10
                            ),
                        ),
                        ("note", models.TextField(blank=True, max_length=2000)),
                        ("page_hash", models.CharField(blank=True, max_length=64)),
                        (
                            "asked_by",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
                            ),
                        ),
                        (
                            "checked_by",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.membership",
                            ),
                        ),
                        (
                            "review",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="checks",
                                to="reporting.servicereview",
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
                    name="review_moves",
                ),
                migrations.RemoveConstraint(
                    model_name="servicereview",
                    name="review_state_known",
                ),
                migrations.AddField(
                    model_name="reportagreement",
                    name="is_checked",
                    field=models.BooleanField(default=False),
                ),
                migrations.AddField(
                    model_name="reportagreement",
                    name="issues_itself",
                    field=models.BooleanField(default=False),
                ),
                migrations.AddField(
                    model_name="reportagreementevent",
                    name="is_checked",
                    field=models.BooleanField(default=False),
                ),
                migrations.AddField(
                    model_name="reportagreementevent",
                    name="issues_itself",
                    field=models.BooleanField(default=False),
                ),
                migrations.AlterField(
                    model_name="servicereview",
                    name="state",
                    field=models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("check", "In internal check"),
                            ("issued", "Issued"),
                            ("discussed", "In discussion"),
                            ("signed", "Signed"),
                            ("reserved", "Signed with reservations"),
                            ("closed", "Closed"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                migrations.AlterField(
                    model_name="servicereviewevent",
                    name="state",
                    field=models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("check", "In internal check"),
                            ("issued", "Issued"),
                            ("discussed", "In discussion"),
                            ("signed", "Signed"),
                            ("reserved", "Signed with reservations"),
                            ("closed", "Closed"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reportagreement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_reportagreementevent" ("agreed_by_business", "agreed_by_it", "agreed_on", "answer_working_days", "audience", "business_unit_id", "drafted_by_id", "felt_by_words", "fingerprint", "id", "is_checked", "is_counter", "issue_working_day", "issues_itself", "language", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "reason", "sealed_in", "shows_budget", "shows_events", "shows_experienced", "tenant_id", "version") VALUES (NEW."agreed_by_business", NEW."agreed_by_it", NEW."agreed_on", NEW."answer_working_days", NEW."audience", NEW."business_unit_id", NEW."drafted_by_id", NEW."felt_by_words", NEW."fingerprint", NEW."id", NEW."is_checked", NEW."is_counter", NEW."issue_working_day", NEW."issues_itself", NEW."language", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."proposed_at", NEW."reason", NEW."sealed_in", NEW."shows_budget", NEW."shows_events", NEW."shows_experienced", NEW."tenant_id", NEW."version"); RETURN NULL;',
                            hash="f6e2245ac5b2747a854f645aee05e45f9fc5f280",
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
                            func='INSERT INTO "reporting_reportagreementevent" ("agreed_by_business", "agreed_by_it", "agreed_on", "answer_working_days", "audience", "business_unit_id", "drafted_by_id", "felt_by_words", "fingerprint", "id", "is_checked", "is_counter", "issue_working_day", "issues_itself", "language", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "reason", "sealed_in", "shows_budget", "shows_events", "shows_experienced", "tenant_id", "version") VALUES (NEW."agreed_by_business", NEW."agreed_by_it", NEW."agreed_on", NEW."answer_working_days", NEW."audience", NEW."business_unit_id", NEW."drafted_by_id", NEW."felt_by_words", NEW."fingerprint", NEW."id", NEW."is_checked", NEW."is_counter", NEW."issue_working_day", NEW."issues_itself", NEW."language", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."proposed_at", NEW."reason", NEW."sealed_in", NEW."shows_budget", NEW."shows_events", NEW."shows_experienced", NEW."tenant_id", NEW."version"); RETURN NULL;',
                            hash="b47e17fa1f84e36476354b47424c51699c2afb44",
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
                            func='INSERT INTO "reporting_reportagreementevent" ("agreed_by_business", "agreed_by_it", "agreed_on", "answer_working_days", "audience", "business_unit_id", "drafted_by_id", "felt_by_words", "fingerprint", "id", "is_checked", "is_counter", "issue_working_day", "issues_itself", "language", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "reason", "sealed_in", "shows_budget", "shows_events", "shows_experienced", "tenant_id", "version") VALUES (OLD."agreed_by_business", OLD."agreed_by_it", OLD."agreed_on", OLD."answer_working_days", OLD."audience", OLD."business_unit_id", OLD."drafted_by_id", OLD."felt_by_words", OLD."fingerprint", OLD."id", OLD."is_checked", OLD."is_counter", OLD."issue_working_day", OLD."issues_itself", OLD."language", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."proposed_at", OLD."reason", OLD."sealed_in", OLD."shows_budget", OLD."shows_events", OLD."shows_experienced", OLD."tenant_id", OLD."version"); RETURN NULL;',
                            hash="47d3534fbe7aeb34386d1c1d0d18a33f73d145ab",
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
                        name="review_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{draft:check,draft:issued,check:draft,check:issued,issued:discussed,issued:signed,issued:reserved,discussed:signed,discussed:reserved,signed:closed,reserved:closed,discussed:issued,signed:issued,reserved:issued,closed:issued}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="b984702ac4bcbd7e631cfe9183cb0a4c0831fc50",
                            operation="UPDATE",
                            pgid="pgtrigger_review_moves_f57a2",
                            table="reporting_servicereview",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="servicereview",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "check", "issued", "discussed", "signed", "reserved", "closed"])
                        ),
                        name="review_state_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reviewcheck",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("outcome", "")), fields=("tenant", "review"), name="review_check_one_open"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reviewcheck",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("checked_by__isnull", True),
                            models.Q(("checked_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="review_check_by_a_second_person",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reviewcheck",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("checked_at__isnull", True), ("checked_by__isnull", True), ("outcome", "")),
                            models.Q(
                                ("checked_at__isnull", False),
                                ("checked_by__isnull", False),
                                ("outcome__in", ["passed", "returned"]),
                            ),
                            _connector="OR",
                        ),
                        name="review_check_says_who_and_when",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reviewcheck",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "passed"), _negated=True),
                            models.Q(("page_hash", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="review_check_passed_what",
                    ),
                ),
            ]
        ),
        ProtectTenantTable("reviewcheck"),
        ReferWithinTenant("reviewcheck"),
    ]
