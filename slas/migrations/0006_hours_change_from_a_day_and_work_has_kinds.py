"""Service hours change from a day on, planned work has kinds, and an outage may meet a part of the users.

What was agreed about planned work stays: a promise that took it out takes out work of the kind “planned”.
"""

from typing import ClassVar

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import portal.tenancy.fields
from portal.tenancy.operations import InOneStep, ReferWithinTenant

KINDS = [("planned", "Planned work"), ("emergency", "Emergency work"), ("supplier", "Work of a supplier")]


def work_of_kinds(model: str) -> migrations.SeparateDatabaseAndState:
    """The yes or no becomes a list in its place: history and rows keep what they say, and no row is written."""
    table = f"slas_{model}"
    column = f'ALTER TABLE "{table}" ALTER COLUMN "excluded_work" TYPE varchar(9)[] USING'
    kinds = django.contrib.postgres.fields.ArrayField(
        models.CharField(choices=KINDS, max_length=9),
        blank=True,
        default=list,
        help_text="Empty: all of it counts.",
        verbose_name="announced work that is taken out",
    )
    return migrations.SeparateDatabaseAndState(
        database_operations=[
            migrations.RunSQL(
                [
                    f'ALTER TABLE "{table}" RENAME COLUMN "excludes_planned" TO "excluded_work"',
                    f"{column} CASE WHEN excluded_work THEN ARRAY['planned'] ELSE ARRAY[]::varchar[] END",
                ],
                migrations.RunSQL.noop,
            )
        ],
        state_operations=[
            migrations.RemoveField(model, "excludes_planned"),
            migrations.AddField(model, "excluded_work", kinds),
        ],
    )


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("accounts", "0002_tenant_walls"),
        ("catalog", "0002_tenant_walls"),
        ("slas", "0005_measurements_by_month"),
        ("tenancy", "0001_initial"),
    ]

    operations: ClassVar = [
        InOneStep(
            [
                pgtrigger.migrations.RemoveTrigger(
                    model_name="servicehours",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="servicehours",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="servicehours",
                    name="delete_delete",
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
                migrations.AddField(
                    model_name="outage",
                    name="affected_percent",
                    field=models.DecimalField(decimal_places=2, max_digits=5, null=True),
                ),
                migrations.AddField(
                    model_name="plannedwork",
                    name="kind",
                    field=models.CharField(choices=KINDS, default="planned", max_length=9),
                ),
                migrations.AddField(
                    model_name="servicehours",
                    name="replaces",
                    field=portal.tenancy.fields.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="slas.servicehours",
                    ),
                ),
                migrations.AddField(
                    model_name="servicehours",
                    name="starts_on",
                    field=models.DateField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="servicehoursevent",
                    name="replaces",
                    field=portal.tenancy.fields.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="slas.servicehours",
                    ),
                ),
                migrations.AddField(
                    model_name="servicehoursevent",
                    name="starts_on",
                    field=models.DateField(blank=True, null=True),
                ),
                work_of_kinds("serviceleveltarget"),
                migrations.AddField(
                    model_name="serviceleveltarget",
                    name="weighs_users",
                    field=models.BooleanField(
                        default=False, verbose_name="an outage costs the share of the users whom it met"
                    ),
                ),
                work_of_kinds("serviceleveltargetevent"),
                migrations.AddField(
                    model_name="serviceleveltargetevent",
                    name="weighs_users",
                    field=models.BooleanField(
                        default=False, verbose_name="an outage costs the share of the users whom it met"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicehours",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "slas_servicehoursevent" ("holiday_region", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replaces_id", "starts_on", "tenant_id", "time_zone", "version", "words") VALUES (NEW."holiday_region", NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."replaces_id", NEW."starts_on", NEW."tenant_id", NEW."time_zone", NEW."version", NEW."words"); RETURN NULL;',
                            hash="f2ac924e5d91bed0634c1e64c8870710bc495cd1",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_9a803",
                            table="slas_servicehours",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicehours",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "slas_servicehoursevent" ("holiday_region", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replaces_id", "starts_on", "tenant_id", "time_zone", "version", "words") VALUES (NEW."holiday_region", NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."replaces_id", NEW."starts_on", NEW."tenant_id", NEW."time_zone", NEW."version", NEW."words"); RETURN NULL;',
                            hash="ccc29efeb8fc15a4ee73bbaa917d4f70b676a1e5",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_cca4a",
                            table="slas_servicehours",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicehours",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "slas_servicehoursevent" ("holiday_region", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replaces_id", "starts_on", "tenant_id", "time_zone", "version", "words") VALUES (OLD."holiday_region", OLD."id", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."replaces_id", OLD."starts_on", OLD."tenant_id", OLD."time_zone", OLD."version", OLD."words"); RETURN NULL;',
                            hash="889e2638734cf7f508a6a808051b930d2c4d409b",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a2ecb",
                            table="slas_servicehours",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="serviceleveltarget",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "slas_serviceleveltargetevent" ("agreed_note", "agreement_id", "allowed_misses", "bad_words", "clock_stop", "close_margin", "close_room", "component_id", "decimals", "degraded_share", "due_day", "due_minute", "ends_on", "excluded_work", "experienced_note", "good_words", "id", "is_mandatory", "is_trial", "kind", "loss_words", "meaning", "measure_id", "merge_gap_seconds", "minimum_coverage", "minimum_outage_seconds", "missing_policy", "name", "pause_reasons", "period_kind", "period_start_month", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_cap_seconds", "planned_notice_days", "position", "priorities", "schedule", "sentence", "service_hours_id", "service_id", "short_loss_words", "short_name", "slug", "starts_on", "tenant_id", "threshold", "unit_words", "weighs_users", "within_seconds", "within_working_days") VALUES (NEW."agreed_note", NEW."agreement_id", NEW."allowed_misses", NEW."bad_words", NEW."clock_stop", NEW."close_margin", NEW."close_room", NEW."component_id", NEW."decimals", NEW."degraded_share", NEW."due_day", NEW."due_minute", NEW."ends_on", NEW."excluded_work", NEW."experienced_note", NEW."good_words", NEW."id", NEW."is_mandatory", NEW."is_trial", NEW."kind", NEW."loss_words", NEW."meaning", NEW."measure_id", NEW."merge_gap_seconds", NEW."minimum_coverage", NEW."minimum_outage_seconds", NEW."missing_policy", NEW."name", NEW."pause_reasons", NEW."period_kind", NEW."period_start_month", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."planned_cap_seconds", NEW."planned_notice_days", NEW."position", NEW."priorities", NEW."schedule", NEW."sentence", NEW."service_hours_id", NEW."service_id", NEW."short_loss_words", NEW."short_name", NEW."slug", NEW."starts_on", NEW."tenant_id", NEW."threshold", NEW."unit_words", NEW."weighs_users", NEW."within_seconds", NEW."within_working_days"); RETURN NULL;',
                            hash="a14b1c32f516ea48f9dd643adb5cd4325adddc76",
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
                            func='INSERT INTO "slas_serviceleveltargetevent" ("agreed_note", "agreement_id", "allowed_misses", "bad_words", "clock_stop", "close_margin", "close_room", "component_id", "decimals", "degraded_share", "due_day", "due_minute", "ends_on", "excluded_work", "experienced_note", "good_words", "id", "is_mandatory", "is_trial", "kind", "loss_words", "meaning", "measure_id", "merge_gap_seconds", "minimum_coverage", "minimum_outage_seconds", "missing_policy", "name", "pause_reasons", "period_kind", "period_start_month", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_cap_seconds", "planned_notice_days", "position", "priorities", "schedule", "sentence", "service_hours_id", "service_id", "short_loss_words", "short_name", "slug", "starts_on", "tenant_id", "threshold", "unit_words", "weighs_users", "within_seconds", "within_working_days") VALUES (NEW."agreed_note", NEW."agreement_id", NEW."allowed_misses", NEW."bad_words", NEW."clock_stop", NEW."close_margin", NEW."close_room", NEW."component_id", NEW."decimals", NEW."degraded_share", NEW."due_day", NEW."due_minute", NEW."ends_on", NEW."excluded_work", NEW."experienced_note", NEW."good_words", NEW."id", NEW."is_mandatory", NEW."is_trial", NEW."kind", NEW."loss_words", NEW."meaning", NEW."measure_id", NEW."merge_gap_seconds", NEW."minimum_coverage", NEW."minimum_outage_seconds", NEW."missing_policy", NEW."name", NEW."pause_reasons", NEW."period_kind", NEW."period_start_month", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."planned_cap_seconds", NEW."planned_notice_days", NEW."position", NEW."priorities", NEW."schedule", NEW."sentence", NEW."service_hours_id", NEW."service_id", NEW."short_loss_words", NEW."short_name", NEW."slug", NEW."starts_on", NEW."tenant_id", NEW."threshold", NEW."unit_words", NEW."weighs_users", NEW."within_seconds", NEW."within_working_days"); RETURN NULL;',
                            hash="4597aa69798b891a1198cb5cfc217aef5238b0da",
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
                            func='INSERT INTO "slas_serviceleveltargetevent" ("agreed_note", "agreement_id", "allowed_misses", "bad_words", "clock_stop", "close_margin", "close_room", "component_id", "decimals", "degraded_share", "due_day", "due_minute", "ends_on", "excluded_work", "experienced_note", "good_words", "id", "is_mandatory", "is_trial", "kind", "loss_words", "meaning", "measure_id", "merge_gap_seconds", "minimum_coverage", "minimum_outage_seconds", "missing_policy", "name", "pause_reasons", "period_kind", "period_start_month", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_cap_seconds", "planned_notice_days", "position", "priorities", "schedule", "sentence", "service_hours_id", "service_id", "short_loss_words", "short_name", "slug", "starts_on", "tenant_id", "threshold", "unit_words", "weighs_users", "within_seconds", "within_working_days") VALUES (OLD."agreed_note", OLD."agreement_id", OLD."allowed_misses", OLD."bad_words", OLD."clock_stop", OLD."close_margin", OLD."close_room", OLD."component_id", OLD."decimals", OLD."degraded_share", OLD."due_day", OLD."due_minute", OLD."ends_on", OLD."excluded_work", OLD."experienced_note", OLD."good_words", OLD."id", OLD."is_mandatory", OLD."is_trial", OLD."kind", OLD."loss_words", OLD."meaning", OLD."measure_id", OLD."merge_gap_seconds", OLD."minimum_coverage", OLD."minimum_outage_seconds", OLD."missing_policy", OLD."name", OLD."pause_reasons", OLD."period_kind", OLD."period_start_month", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."planned_cap_seconds", OLD."planned_notice_days", OLD."position", OLD."priorities", OLD."schedule", OLD."sentence", OLD."service_hours_id", OLD."service_id", OLD."short_loss_words", OLD."short_name", OLD."slug", OLD."starts_on", OLD."tenant_id", OLD."threshold", OLD."unit_words", OLD."weighs_users", OLD."within_seconds", OLD."within_working_days"); RETURN NULL;',
                            hash="ee46dc6d496af681bc6e840edcfd37bdbc3c833b",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b93d7",
                            table="slas_serviceleveltarget",
                            when="AFTER",
                        ),
                    ),
                ),
                ReferWithinTenant("servicehours"),
                migrations.AddConstraint(
                    model_name="outage",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("affected_percent__isnull", True),
                            models.Q(("affected_percent__gte", 0), ("affected_percent__lte", 100)),
                            _connector="OR",
                        ),
                        name="outage_affected_percent",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="plannedwork",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind__in", ["planned", "emergency", "supplier"])),
                        name="planned_work_kind_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="servicehours",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("replaces__isnull", True), ("starts_on__isnull", True)),
                            models.Q(("replaces__isnull", False), ("starts_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="service_hours_replace_from_a_day",
                    ),
                ),
            ]
        )
    ]
