"""Targets say what stops the clock of a case; an agreement has one version in force and one draft; changes are queued."""

import django.contrib.postgres.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from portal.tenancy.operations import ChangeTables


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0004_search_forgives_typos"),
        ("slas", "0003_facts_waiting_and_pushed"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        ChangeTables(
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
                migrations.RemoveConstraint(
                    model_name="dirtytarget",
                    name="dirty_once",
                ),
                migrations.AddField(
                    model_name="serviceleveltarget",
                    name="clock_stop",
                    field=models.CharField(
                        choices=[("solved", "Solved"), ("answered", "First answered by a person")],
                        default="solved",
                        max_length=8,
                        verbose_name="the clock stops when",
                    ),
                ),
                migrations.AddField(
                    model_name="serviceleveltargetevent",
                    name="clock_stop",
                    field=models.CharField(
                        choices=[("solved", "Solved"), ("answered", "First answered by a person")],
                        default="solved",
                        max_length=8,
                        verbose_name="the clock stops when",
                    ),
                ),
                migrations.AlterField(
                    model_name="serviceleveltarget",
                    name="pause_reasons",
                    field=django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80),
                        blank=True,
                        default=list,
                        help_text="Empty: nothing halts the clock.",
                        size=None,
                    ),
                ),
                migrations.AlterField(
                    model_name="serviceleveltarget",
                    name="priorities",
                    field=django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=list,
                        help_text="Empty: cases of each priority count.",
                        size=None,
                    ),
                ),
                migrations.AlterField(
                    model_name="serviceleveltargetevent",
                    name="pause_reasons",
                    field=django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80),
                        blank=True,
                        default=list,
                        help_text="Empty: nothing halts the clock.",
                        size=None,
                    ),
                ),
                migrations.AlterField(
                    model_name="serviceleveltargetevent",
                    name="priorities",
                    field=django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=list,
                        help_text="Empty: cases of each priority count.",
                        size=None,
                    ),
                ),
                migrations.AddIndex(
                    model_name="dirtytarget",
                    index=models.Index(fields=["tenant", "target"], name="dirty_by_target"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="serviceleveltarget",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "slas_serviceleveltargetevent" ("agreed_note", "agreement_id", "allowed_misses", "bad_words", "clock_stop", "close_margin", "close_room", "component_id", "decimals", "degraded_share", "due_day", "due_minute", "ends_on", "excludes_planned", "experienced_note", "good_words", "id", "is_mandatory", "is_trial", "kind", "loss_words", "meaning", "measure_id", "merge_gap_seconds", "minimum_coverage", "minimum_outage_seconds", "missing_policy", "name", "pause_reasons", "period_kind", "period_start_month", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_cap_seconds", "planned_notice_days", "position", "priorities", "schedule", "sentence", "service_hours_id", "service_id", "short_loss_words", "short_name", "slug", "starts_on", "tenant_id", "threshold", "unit_words", "within_seconds", "within_working_days") VALUES (NEW."agreed_note", NEW."agreement_id", NEW."allowed_misses", NEW."bad_words", NEW."clock_stop", NEW."close_margin", NEW."close_room", NEW."component_id", NEW."decimals", NEW."degraded_share", NEW."due_day", NEW."due_minute", NEW."ends_on", NEW."excludes_planned", NEW."experienced_note", NEW."good_words", NEW."id", NEW."is_mandatory", NEW."is_trial", NEW."kind", NEW."loss_words", NEW."meaning", NEW."measure_id", NEW."merge_gap_seconds", NEW."minimum_coverage", NEW."minimum_outage_seconds", NEW."missing_policy", NEW."name", NEW."pause_reasons", NEW."period_kind", NEW."period_start_month", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."planned_cap_seconds", NEW."planned_notice_days", NEW."position", NEW."priorities", NEW."schedule", NEW."sentence", NEW."service_hours_id", NEW."service_id", NEW."short_loss_words", NEW."short_name", NEW."slug", NEW."starts_on", NEW."tenant_id", NEW."threshold", NEW."unit_words", NEW."within_seconds", NEW."within_working_days"); RETURN NULL;',
                            hash="f72f225f739548f3c19a1a81131f92a30479bebe",
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
                            func='INSERT INTO "slas_serviceleveltargetevent" ("agreed_note", "agreement_id", "allowed_misses", "bad_words", "clock_stop", "close_margin", "close_room", "component_id", "decimals", "degraded_share", "due_day", "due_minute", "ends_on", "excludes_planned", "experienced_note", "good_words", "id", "is_mandatory", "is_trial", "kind", "loss_words", "meaning", "measure_id", "merge_gap_seconds", "minimum_coverage", "minimum_outage_seconds", "missing_policy", "name", "pause_reasons", "period_kind", "period_start_month", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_cap_seconds", "planned_notice_days", "position", "priorities", "schedule", "sentence", "service_hours_id", "service_id", "short_loss_words", "short_name", "slug", "starts_on", "tenant_id", "threshold", "unit_words", "within_seconds", "within_working_days") VALUES (NEW."agreed_note", NEW."agreement_id", NEW."allowed_misses", NEW."bad_words", NEW."clock_stop", NEW."close_margin", NEW."close_room", NEW."component_id", NEW."decimals", NEW."degraded_share", NEW."due_day", NEW."due_minute", NEW."ends_on", NEW."excludes_planned", NEW."experienced_note", NEW."good_words", NEW."id", NEW."is_mandatory", NEW."is_trial", NEW."kind", NEW."loss_words", NEW."meaning", NEW."measure_id", NEW."merge_gap_seconds", NEW."minimum_coverage", NEW."minimum_outage_seconds", NEW."missing_policy", NEW."name", NEW."pause_reasons", NEW."period_kind", NEW."period_start_month", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."planned_cap_seconds", NEW."planned_notice_days", NEW."position", NEW."priorities", NEW."schedule", NEW."sentence", NEW."service_hours_id", NEW."service_id", NEW."short_loss_words", NEW."short_name", NEW."slug", NEW."starts_on", NEW."tenant_id", NEW."threshold", NEW."unit_words", NEW."within_seconds", NEW."within_working_days"); RETURN NULL;',
                            hash="37d491a946d73fd1231220ab6e0811c43d7f6061",
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
                            func='INSERT INTO "slas_serviceleveltargetevent" ("agreed_note", "agreement_id", "allowed_misses", "bad_words", "clock_stop", "close_margin", "close_room", "component_id", "decimals", "degraded_share", "due_day", "due_minute", "ends_on", "excludes_planned", "experienced_note", "good_words", "id", "is_mandatory", "is_trial", "kind", "loss_words", "meaning", "measure_id", "merge_gap_seconds", "minimum_coverage", "minimum_outage_seconds", "missing_policy", "name", "pause_reasons", "period_kind", "period_start_month", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_cap_seconds", "planned_notice_days", "position", "priorities", "schedule", "sentence", "service_hours_id", "service_id", "short_loss_words", "short_name", "slug", "starts_on", "tenant_id", "threshold", "unit_words", "within_seconds", "within_working_days") VALUES (OLD."agreed_note", OLD."agreement_id", OLD."allowed_misses", OLD."bad_words", OLD."clock_stop", OLD."close_margin", OLD."close_room", OLD."component_id", OLD."decimals", OLD."degraded_share", OLD."due_day", OLD."due_minute", OLD."ends_on", OLD."excludes_planned", OLD."experienced_note", OLD."good_words", OLD."id", OLD."is_mandatory", OLD."is_trial", OLD."kind", OLD."loss_words", OLD."meaning", OLD."measure_id", OLD."merge_gap_seconds", OLD."minimum_coverage", OLD."minimum_outage_seconds", OLD."missing_policy", OLD."name", OLD."pause_reasons", OLD."period_kind", OLD."period_start_month", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."planned_cap_seconds", OLD."planned_notice_days", OLD."position", OLD."priorities", OLD."schedule", OLD."sentence", OLD."service_hours_id", OLD."service_id", OLD."short_loss_words", OLD."short_name", OLD."slug", OLD."starts_on", OLD."tenant_id", OLD."threshold", OLD."unit_words", OLD."within_seconds", OLD."within_working_days"); RETURN NULL;',
                            hash="0c57221d0476ce06a490ebcadfb727f58908c31c",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b93d7",
                            table="slas_serviceleveltarget",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreement",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state", "in_force")),
                        fields=("tenant", "slug"),
                        name="agreement_in_force_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreement",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state", "draft")), fields=("tenant", "slug"), name="agreement_draft_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceleveltarget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("is_trial", True), ("kind", "occasions"), ("threshold__isnull", False), _connector="OR"
                        ),
                        name="target_share_unless_occasions",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceleveltarget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "cases"), _negated=True),
                            ("within_seconds__isnull", False),
                            ("within_working_days__isnull", False),
                            _connector="OR",
                        ),
                        name="target_of_cases_has_a_limit",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceleveltarget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "occasions"), _negated=True),
                            models.Q(("due_minute__isnull", False), models.Q(("schedule", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="target_of_occasions_is_due",
                    ),
                ),
            ]
        )
    ]
