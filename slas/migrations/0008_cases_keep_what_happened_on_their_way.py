"""What happened to a case on its way: late entries, reopenings, other priorities, merges; and what is agreed about it."""

from typing import ClassVar

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import portal.tenancy.scope
from portal.tenancy.operations import CreateTables, InOneStep, ProtectTenantTable


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("catalog", "0002_tenant_walls"),
        ("slas", "0007_forecasts_are_kept"),
        ("tenancy", "0001_initial"),
    ]

    operations: ClassVar = [
        InOneStep(
            [
                pgtrigger.migrations.RemoveTrigger(
                    model_name="serviceleveltarget",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="serviceleveltarget",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="serviceleveltarget",
                    name="delete_delete",
                ),
                migrations.AddField(
                    model_name="case",
                    name="merged_into",
                    field=models.CharField(blank=True, max_length=100),
                ),
                migrations.AddField(
                    model_name="casepause",
                    name="approved_by",
                    field=models.CharField(blank=True, max_length=80),
                ),
                migrations.AddField(
                    model_name="casepause",
                    name="entered_at",
                    field=models.DateTimeField(null=True),
                ),
                migrations.AddField(
                    model_name="casepause",
                    name="entered_by",
                    field=models.CharField(blank=True, max_length=80),
                ),
                migrations.AddField(
                    model_name="casepause",
                    name="note",
                    field=models.CharField(blank=True, max_length=200),
                ),
                migrations.AddField(
                    model_name="casepause",
                    name="party",
                    field=models.CharField(blank=True, max_length=80),
                ),
                migrations.AddField(
                    model_name="serviceleveltarget",
                    name="attribution",
                    field=models.CharField(
                        choices=[("due", "It is due"), ("stopped", "Its clock stops"), ("opened", "It is opened")],
                        default="due",
                        max_length=7,
                        verbose_name="a case counts where",
                    ),
                ),
                migrations.AddField(
                    model_name="serviceleveltarget",
                    name="longest_pause_seconds",
                    field=models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="a longer pause needs a note, seconds of service time"
                    ),
                ),
                migrations.AddField(
                    model_name="serviceleveltarget",
                    name="percentile_method",
                    field=models.CharField(
                        choices=[
                            ("nearest_rank", "Nearest rank: a time that occurred"),
                            ("inclusive", "Between two times, inclusive"),
                            ("exclusive", "Between two times, exclusive"),
                            ("midpoint", "Midpoint of two times"),
                        ],
                        default="nearest_rank",
                        max_length=12,
                    ),
                ),
                migrations.AddField(
                    model_name="serviceleveltarget",
                    name="priority_rule",
                    field=models.CharField(
                        choices=[("start", "The start of the case"), ("change", "The change")],
                        default="start",
                        max_length=6,
                        verbose_name="another priority counts from",
                    ),
                ),
                migrations.AddField(
                    model_name="serviceleveltarget",
                    name="reopen_days",
                    field=models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty: whenever it is opened again.",
                        null=True,
                        verbose_name="goes on if opened again within, days",
                    ),
                ),
                migrations.AddField(
                    model_name="serviceleveltargetevent",
                    name="attribution",
                    field=models.CharField(
                        choices=[("due", "It is due"), ("stopped", "Its clock stops"), ("opened", "It is opened")],
                        default="due",
                        max_length=7,
                        verbose_name="a case counts where",
                    ),
                ),
                migrations.AddField(
                    model_name="serviceleveltargetevent",
                    name="longest_pause_seconds",
                    field=models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="a longer pause needs a note, seconds of service time"
                    ),
                ),
                migrations.AddField(
                    model_name="serviceleveltargetevent",
                    name="percentile_method",
                    field=models.CharField(
                        choices=[
                            ("nearest_rank", "Nearest rank: a time that occurred"),
                            ("inclusive", "Between two times, inclusive"),
                            ("exclusive", "Between two times, exclusive"),
                            ("midpoint", "Midpoint of two times"),
                        ],
                        default="nearest_rank",
                        max_length=12,
                    ),
                ),
                migrations.AddField(
                    model_name="serviceleveltargetevent",
                    name="priority_rule",
                    field=models.CharField(
                        choices=[("start", "The start of the case"), ("change", "The change")],
                        default="start",
                        max_length=6,
                        verbose_name="another priority counts from",
                    ),
                ),
                migrations.AddField(
                    model_name="serviceleveltargetevent",
                    name="reopen_days",
                    field=models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty: whenever it is opened again.",
                        null=True,
                        verbose_name="goes on if opened again within, days",
                    ),
                ),
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(
                        condition=models.Q(("merged_into", ""), _negated=True),
                        fields=["tenant", "measure_id"],
                        name="case_merged",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="serviceleveltarget",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "slas_serviceleveltargetevent" ("agreed_note", "agreement_id", "allowed_misses", "attribution", "bad_words", "clock_stop", "close_margin", "close_room", "component_id", "decimals", "degraded_share", "due_day", "due_minute", "ends_on", "excluded_work", "experienced_note", "good_words", "id", "is_mandatory", "is_trial", "kind", "longest_pause_seconds", "loss_words", "meaning", "measure_id", "merge_gap_seconds", "minimum_coverage", "minimum_outage_seconds", "missing_policy", "name", "pause_reasons", "percentile_method", "period_kind", "period_start_month", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_cap_seconds", "planned_notice_days", "position", "priorities", "priority_rule", "reopen_days", "schedule", "sentence", "service_hours_id", "service_id", "short_loss_words", "short_name", "slug", "starts_on", "tenant_id", "threshold", "unit_words", "weighs_users", "within_seconds", "within_working_days") VALUES (NEW."agreed_note", NEW."agreement_id", NEW."allowed_misses", NEW."attribution", NEW."bad_words", NEW."clock_stop", NEW."close_margin", NEW."close_room", NEW."component_id", NEW."decimals", NEW."degraded_share", NEW."due_day", NEW."due_minute", NEW."ends_on", NEW."excluded_work", NEW."experienced_note", NEW."good_words", NEW."id", NEW."is_mandatory", NEW."is_trial", NEW."kind", NEW."longest_pause_seconds", NEW."loss_words", NEW."meaning", NEW."measure_id", NEW."merge_gap_seconds", NEW."minimum_coverage", NEW."minimum_outage_seconds", NEW."missing_policy", NEW."name", NEW."pause_reasons", NEW."percentile_method", NEW."period_kind", NEW."period_start_month", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."planned_cap_seconds", NEW."planned_notice_days", NEW."position", NEW."priorities", NEW."priority_rule", NEW."reopen_days", NEW."schedule", NEW."sentence", NEW."service_hours_id", NEW."service_id", NEW."short_loss_words", NEW."short_name", NEW."slug", NEW."starts_on", NEW."tenant_id", NEW."threshold", NEW."unit_words", NEW."weighs_users", NEW."within_seconds", NEW."within_working_days"); RETURN NULL;',
                            hash="88cff1ae8da750d80a221bf1b7466dfed69269a6",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_80af5",
                            table="slas_serviceleveltarget",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="serviceleveltarget",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "slas_serviceleveltargetevent" ("agreed_note", "agreement_id", "allowed_misses", "attribution", "bad_words", "clock_stop", "close_margin", "close_room", "component_id", "decimals", "degraded_share", "due_day", "due_minute", "ends_on", "excluded_work", "experienced_note", "good_words", "id", "is_mandatory", "is_trial", "kind", "longest_pause_seconds", "loss_words", "meaning", "measure_id", "merge_gap_seconds", "minimum_coverage", "minimum_outage_seconds", "missing_policy", "name", "pause_reasons", "percentile_method", "period_kind", "period_start_month", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_cap_seconds", "planned_notice_days", "position", "priorities", "priority_rule", "reopen_days", "schedule", "sentence", "service_hours_id", "service_id", "short_loss_words", "short_name", "slug", "starts_on", "tenant_id", "threshold", "unit_words", "weighs_users", "within_seconds", "within_working_days") VALUES (NEW."agreed_note", NEW."agreement_id", NEW."allowed_misses", NEW."attribution", NEW."bad_words", NEW."clock_stop", NEW."close_margin", NEW."close_room", NEW."component_id", NEW."decimals", NEW."degraded_share", NEW."due_day", NEW."due_minute", NEW."ends_on", NEW."excluded_work", NEW."experienced_note", NEW."good_words", NEW."id", NEW."is_mandatory", NEW."is_trial", NEW."kind", NEW."longest_pause_seconds", NEW."loss_words", NEW."meaning", NEW."measure_id", NEW."merge_gap_seconds", NEW."minimum_coverage", NEW."minimum_outage_seconds", NEW."missing_policy", NEW."name", NEW."pause_reasons", NEW."percentile_method", NEW."period_kind", NEW."period_start_month", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."planned_cap_seconds", NEW."planned_notice_days", NEW."position", NEW."priorities", NEW."priority_rule", NEW."reopen_days", NEW."schedule", NEW."sentence", NEW."service_hours_id", NEW."service_id", NEW."short_loss_words", NEW."short_name", NEW."slug", NEW."starts_on", NEW."tenant_id", NEW."threshold", NEW."unit_words", NEW."weighs_users", NEW."within_seconds", NEW."within_working_days"); RETURN NULL;',
                            hash="b409ce4cc2423b29cf253b83182d38b822edc821",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_24e69",
                            table="slas_serviceleveltarget",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="serviceleveltarget",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "slas_serviceleveltargetevent" ("agreed_note", "agreement_id", "allowed_misses", "attribution", "bad_words", "clock_stop", "close_margin", "close_room", "component_id", "decimals", "degraded_share", "due_day", "due_minute", "ends_on", "excluded_work", "experienced_note", "good_words", "id", "is_mandatory", "is_trial", "kind", "longest_pause_seconds", "loss_words", "meaning", "measure_id", "merge_gap_seconds", "minimum_coverage", "minimum_outage_seconds", "missing_policy", "name", "pause_reasons", "percentile_method", "period_kind", "period_start_month", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_cap_seconds", "planned_notice_days", "position", "priorities", "priority_rule", "reopen_days", "schedule", "sentence", "service_hours_id", "service_id", "short_loss_words", "short_name", "slug", "starts_on", "tenant_id", "threshold", "unit_words", "weighs_users", "within_seconds", "within_working_days") VALUES (OLD."agreed_note", OLD."agreement_id", OLD."allowed_misses", OLD."attribution", OLD."bad_words", OLD."clock_stop", OLD."close_margin", OLD."close_room", OLD."component_id", OLD."decimals", OLD."degraded_share", OLD."due_day", OLD."due_minute", OLD."ends_on", OLD."excluded_work", OLD."experienced_note", OLD."good_words", OLD."id", OLD."is_mandatory", OLD."is_trial", OLD."kind", OLD."longest_pause_seconds", OLD."loss_words", OLD."meaning", OLD."measure_id", OLD."merge_gap_seconds", OLD."minimum_coverage", OLD."minimum_outage_seconds", OLD."missing_policy", OLD."name", OLD."pause_reasons", OLD."percentile_method", OLD."period_kind", OLD."period_start_month", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."planned_cap_seconds", OLD."planned_notice_days", OLD."position", OLD."priorities", OLD."priority_rule", OLD."reopen_days", OLD."schedule", OLD."sentence", OLD."service_hours_id", OLD."service_id", OLD."short_loss_words", OLD."short_name", OLD."slug", OLD."starts_on", OLD."tenant_id", OLD."threshold", OLD."unit_words", OLD."weighs_users", OLD."within_seconds", OLD."within_working_days"); RETURN NULL;',
                            hash="0ffbec05f655259ef95143b77737704ce0b7a6ac",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b93d7",
                            table="slas_serviceleveltarget",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceleveltarget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("attribution__in", ["due", "stopped", "opened"]),
                            ("percentile_method__in", ["nearest_rank", "inclusive", "exclusive", "midpoint"]),
                            ("priority_rule__in", ["start", "change"]),
                        ),
                        name="target_rules_of_cases_known",
                    ),
                ),
            ]
        ),
        CreateTables(
            [
                migrations.CreateModel(
                    name="CasePriority",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("measure_id", models.BigIntegerField()),
                        ("case_key", models.CharField(max_length=100)),
                        ("changed_at", models.DateTimeField()),
                        ("before", models.CharField(max_length=60)),
                        (
                            "tenant",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                default=portal.tenancy.scope.required_tenant_id,
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="tenancy.tenant",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("tenant", "measure_id", "case_key", "changed_at", "before"),
                                name="case_priority_key",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseReopening",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("measure_id", models.BigIntegerField()),
                        ("case_key", models.CharField(max_length=100)),
                        ("solved_at", models.DateTimeField()),
                        ("reopened_at", models.DateTimeField()),
                        (
                            "tenant",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                default=portal.tenancy.scope.required_tenant_id,
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="tenancy.tenant",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("tenant", "measure_id", "case_key", "solved_at"), name="case_reopening_key"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reopened_at__gt", models.F("solved_at"))),
                                name="case_reopened_after_solution",
                            ),
                        ],
                    },
                ),
            ]
        ),
        ProtectTenantTable("casepriority"),
        ProtectTenantTable("casereopening"),
    ]
