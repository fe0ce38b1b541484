"""Measures may hold readings, targets may limit them, and workers count them by the hour."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import portal.tenancy.scope
import slas.models.thousandths
from portal.tenancy.operations import ProtectTenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0002_tenant_walls"),
        ("slas", "0008_cases_keep_what_happened_on_their_way"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="DirtyHour",
            fields=[
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
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("measure_id", models.BigIntegerField()),
                ("hour_from", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="HourlyCount",
            fields=[
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
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "tenant", "limit_id", "hour_from", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("limit_id", models.BigIntegerField()),
                ("hour_from", models.DateTimeField()),
                ("n", models.IntegerField(verbose_name="readings")),
                ("n_within", models.IntegerField(verbose_name="within the limit")),
            ],
        ),
        migrations.CreateModel(
            name="ReadingLimit",
            fields=[
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
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("measure_id", models.BigIntegerField()),
                ("value", slas.models.thousandths.ThousandthsField()),
                ("is_least", models.BooleanField(default=False)),
            ],
        ),
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
            model_name="measure",
            name="measure_kind_known",
        ),
        migrations.RemoveConstraint(
            model_name="serviceleveltarget",
            name="target_kind_known",
        ),
        migrations.AddField(
            model_name="measurement",
            name="value",
            field=slas.models.thousandths.ThousandthsField(null=True),
        ),
        migrations.AddField(
            model_name="serviceleveltarget",
            name="is_least",
            field=models.BooleanField(default=False, verbose_name="readings must reach the limit"),
        ),
        migrations.AddField(
            model_name="serviceleveltarget",
            name="reading_limit",
            field=models.DecimalField(
                blank=True,
                decimal_places=3,
                help_text="In the measure's unit.",
                max_digits=15,
                null=True,
                verbose_name="limit of a reading",
            ),
        ),
        migrations.AddField(
            model_name="serviceleveltargetevent",
            name="is_least",
            field=models.BooleanField(default=False, verbose_name="readings must reach the limit"),
        ),
        migrations.AddField(
            model_name="serviceleveltargetevent",
            name="reading_limit",
            field=models.DecimalField(
                blank=True,
                decimal_places=3,
                help_text="In the measure's unit.",
                max_digits=15,
                null=True,
                verbose_name="limit of a reading",
            ),
        ),
        migrations.AlterField(
            model_name="measure",
            name="fact_kind",
            field=models.CharField(
                choices=[
                    ("outages", "Outages"),
                    ("checks", "Checks"),
                    ("cases", "Cases"),
                    ("occasions", "Occasions"),
                    ("volumes", "Counted volumes"),
                    ("surveys", "Survey answers"),
                    ("readings", "Readings"),
                ],
                max_length=10,
                verbose_name="kind of facts",
            ),
        ),
        migrations.AlterField(
            model_name="measureevent",
            name="fact_kind",
            field=models.CharField(
                choices=[
                    ("outages", "Outages"),
                    ("checks", "Checks"),
                    ("cases", "Cases"),
                    ("occasions", "Occasions"),
                    ("volumes", "Counted volumes"),
                    ("surveys", "Survey answers"),
                    ("readings", "Readings"),
                ],
                max_length=10,
                verbose_name="kind of facts",
            ),
        ),
        migrations.AlterField(
            model_name="measurement",
            name="state",
            field=models.SmallIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name="serviceleveltarget",
            name="kind",
            field=models.CharField(
                choices=[
                    ("availability", "Share of service hours in which it can be used"),
                    ("cases", "Share of cases solved within a time"),
                    ("volume", "Share of units of work within their standard"),
                    ("occasions", "Deadline on occasions"),
                    ("satisfaction", "Share of good answers"),
                    ("readings", "Share of readings within a limit"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="serviceleveltargetevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("availability", "Share of service hours in which it can be used"),
                    ("cases", "Share of cases solved within a time"),
                    ("volume", "Share of units of work within their standard"),
                    ("occasions", "Deadline on occasions"),
                    ("satisfaction", "Share of good answers"),
                    ("readings", "Share of readings within a limit"),
                ],
                max_length=12,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="serviceleveltarget",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "slas_serviceleveltargetevent" ("agreed_note", "agreement_id", "allowed_misses", "attribution", "bad_words", "clock_stop", "close_margin", "close_room", "component_id", "decimals", "degraded_share", "due_day", "due_minute", "ends_on", "excluded_work", "experienced_note", "good_words", "id", "is_least", "is_mandatory", "is_trial", "kind", "longest_pause_seconds", "loss_words", "meaning", "measure_id", "merge_gap_seconds", "minimum_coverage", "minimum_outage_seconds", "missing_policy", "name", "pause_reasons", "percentile_method", "period_kind", "period_start_month", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_cap_seconds", "planned_notice_days", "position", "priorities", "priority_rule", "reading_limit", "reopen_days", "schedule", "sentence", "service_hours_id", "service_id", "short_loss_words", "short_name", "slug", "starts_on", "tenant_id", "threshold", "unit_words", "weighs_users", "within_seconds", "within_working_days") VALUES (NEW."agreed_note", NEW."agreement_id", NEW."allowed_misses", NEW."attribution", NEW."bad_words", NEW."clock_stop", NEW."close_margin", NEW."close_room", NEW."component_id", NEW."decimals", NEW."degraded_share", NEW."due_day", NEW."due_minute", NEW."ends_on", NEW."excluded_work", NEW."experienced_note", NEW."good_words", NEW."id", NEW."is_least", NEW."is_mandatory", NEW."is_trial", NEW."kind", NEW."longest_pause_seconds", NEW."loss_words", NEW."meaning", NEW."measure_id", NEW."merge_gap_seconds", NEW."minimum_coverage", NEW."minimum_outage_seconds", NEW."missing_policy", NEW."name", NEW."pause_reasons", NEW."percentile_method", NEW."period_kind", NEW."period_start_month", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."planned_cap_seconds", NEW."planned_notice_days", NEW."position", NEW."priorities", NEW."priority_rule", NEW."reading_limit", NEW."reopen_days", NEW."schedule", NEW."sentence", NEW."service_hours_id", NEW."service_id", NEW."short_loss_words", NEW."short_name", NEW."slug", NEW."starts_on", NEW."tenant_id", NEW."threshold", NEW."unit_words", NEW."weighs_users", NEW."within_seconds", NEW."within_working_days"); RETURN NULL;',
                    hash="ba4ee43b39bf50322501af9935a79a64c0c06338",
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
                    func='INSERT INTO "slas_serviceleveltargetevent" ("agreed_note", "agreement_id", "allowed_misses", "attribution", "bad_words", "clock_stop", "close_margin", "close_room", "component_id", "decimals", "degraded_share", "due_day", "due_minute", "ends_on", "excluded_work", "experienced_note", "good_words", "id", "is_least", "is_mandatory", "is_trial", "kind", "longest_pause_seconds", "loss_words", "meaning", "measure_id", "merge_gap_seconds", "minimum_coverage", "minimum_outage_seconds", "missing_policy", "name", "pause_reasons", "percentile_method", "period_kind", "period_start_month", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_cap_seconds", "planned_notice_days", "position", "priorities", "priority_rule", "reading_limit", "reopen_days", "schedule", "sentence", "service_hours_id", "service_id", "short_loss_words", "short_name", "slug", "starts_on", "tenant_id", "threshold", "unit_words", "weighs_users", "within_seconds", "within_working_days") VALUES (NEW."agreed_note", NEW."agreement_id", NEW."allowed_misses", NEW."attribution", NEW."bad_words", NEW."clock_stop", NEW."close_margin", NEW."close_room", NEW."component_id", NEW."decimals", NEW."degraded_share", NEW."due_day", NEW."due_minute", NEW."ends_on", NEW."excluded_work", NEW."experienced_note", NEW."good_words", NEW."id", NEW."is_least", NEW."is_mandatory", NEW."is_trial", NEW."kind", NEW."longest_pause_seconds", NEW."loss_words", NEW."meaning", NEW."measure_id", NEW."merge_gap_seconds", NEW."minimum_coverage", NEW."minimum_outage_seconds", NEW."missing_policy", NEW."name", NEW."pause_reasons", NEW."percentile_method", NEW."period_kind", NEW."period_start_month", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."planned_cap_seconds", NEW."planned_notice_days", NEW."position", NEW."priorities", NEW."priority_rule", NEW."reading_limit", NEW."reopen_days", NEW."schedule", NEW."sentence", NEW."service_hours_id", NEW."service_id", NEW."short_loss_words", NEW."short_name", NEW."slug", NEW."starts_on", NEW."tenant_id", NEW."threshold", NEW."unit_words", NEW."weighs_users", NEW."within_seconds", NEW."within_working_days"); RETURN NULL;',
                    hash="ff805da63c030f7a4affeca81640066a4ee32e00",
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
                    func='INSERT INTO "slas_serviceleveltargetevent" ("agreed_note", "agreement_id", "allowed_misses", "attribution", "bad_words", "clock_stop", "close_margin", "close_room", "component_id", "decimals", "degraded_share", "due_day", "due_minute", "ends_on", "excluded_work", "experienced_note", "good_words", "id", "is_least", "is_mandatory", "is_trial", "kind", "longest_pause_seconds", "loss_words", "meaning", "measure_id", "merge_gap_seconds", "minimum_coverage", "minimum_outage_seconds", "missing_policy", "name", "pause_reasons", "percentile_method", "period_kind", "period_start_month", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_cap_seconds", "planned_notice_days", "position", "priorities", "priority_rule", "reading_limit", "reopen_days", "schedule", "sentence", "service_hours_id", "service_id", "short_loss_words", "short_name", "slug", "starts_on", "tenant_id", "threshold", "unit_words", "weighs_users", "within_seconds", "within_working_days") VALUES (OLD."agreed_note", OLD."agreement_id", OLD."allowed_misses", OLD."attribution", OLD."bad_words", OLD."clock_stop", OLD."close_margin", OLD."close_room", OLD."component_id", OLD."decimals", OLD."degraded_share", OLD."due_day", OLD."due_minute", OLD."ends_on", OLD."excluded_work", OLD."experienced_note", OLD."good_words", OLD."id", OLD."is_least", OLD."is_mandatory", OLD."is_trial", OLD."kind", OLD."longest_pause_seconds", OLD."loss_words", OLD."meaning", OLD."measure_id", OLD."merge_gap_seconds", OLD."minimum_coverage", OLD."minimum_outage_seconds", OLD."missing_policy", OLD."name", OLD."pause_reasons", OLD."percentile_method", OLD."period_kind", OLD."period_start_month", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."planned_cap_seconds", OLD."planned_notice_days", OLD."position", OLD."priorities", OLD."priority_rule", OLD."reading_limit", OLD."reopen_days", OLD."schedule", OLD."sentence", OLD."service_hours_id", OLD."service_id", OLD."short_loss_words", OLD."short_name", OLD."slug", OLD."starts_on", OLD."tenant_id", OLD."threshold", OLD."unit_words", OLD."weighs_users", OLD."within_seconds", OLD."within_working_days"); RETURN NULL;',
                    hash="62a01039e2dce03c99ee1de820c2e02a21e9cc72",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b93d7",
                    table="slas_serviceleveltarget",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("fact_kind__in", ["outages", "checks", "cases", "occasions", "volumes", "surveys", "readings"])
                ),
                name="measure_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="measurement",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__isnull", True), ("value__isnull", True), _connector="XOR"),
                name="measurement_is_check_or_reading",
            ),
        ),
        migrations.AddConstraint(
            model_name="serviceleveltarget",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["availability", "cases", "volume", "occasions", "satisfaction", "readings"])
                ),
                name="target_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="serviceleveltarget",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "readings"), _negated=True), ("reading_limit__isnull", False), _connector="OR"
                ),
                name="target_of_readings_has_a_limit",
            ),
        ),
        migrations.AddIndex(
            model_name="dirtyhour",
            index=models.Index(fields=["tenant", "measure_id"], name="dirty_hour_by_measure"),
        ),
        migrations.AddConstraint(
            model_name="hourlycount",
            constraint=models.CheckConstraint(
                condition=models.Q(("n_within__gte", 0), ("n_within__lte", models.F("n"))), name="hourly_count_adds_up"
            ),
        ),
        migrations.AddConstraint(
            model_name="readinglimit",
            constraint=models.UniqueConstraint(
                fields=("tenant", "measure_id", "value", "is_least"), name="reading_limit_once"
            ),
        ),
        ProtectTenantTable("readinglimit"),
        ProtectTenantTable("hourlycount"),
        ProtectTenantTable("dirtyhour"),
    ]
