"""How the business works is told by the business: processes, steps, what these rest on, and when work is heavy."""

import datetime

import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import portal.tenancy.fields
import portal.tenancy.scope
from portal.tenancy.operations import InOneStep, KeepHistory, ProtectTenantTable, ReferWithinTenant


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_tenant_walls"),
        ("catalog", "0006_services_are_found_by_their_words"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        InOneStep(
            [
                migrations.CreateModel(
                    name="BusinessProcess",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "slug",
                            models.CharField(
                                max_length=100,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[a-z0-9]+(-[a-z0-9]+)*$", "Use small letters, digits and single hyphens."
                                    )
                                ],
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        ("purpose", models.CharField(max_length=300)),
                        ("told_at", models.DateTimeField()),
                        (
                            "business_unit",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="processes",
                                to="accounts.businessunit",
                            ),
                        ),
                        (
                            "owner",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.membership",
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
                        (
                            "told_by",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="BusinessProcessEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "slug",
                            models.CharField(
                                max_length=100,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[a-z0-9]+(-[a-z0-9]+)*$", "Use small letters, digits and single hyphens."
                                    )
                                ],
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        ("purpose", models.CharField(max_length=300)),
                        ("told_at", models.DateTimeField()),
                        (
                            "business_unit",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.businessunit",
                            ),
                        ),
                        (
                            "owner",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.membership",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="catalog.businessprocess",
                            ),
                        ),
                        (
                            "tenant",
                            models.ForeignKey(
                                db_constraint=False,
                                default=portal.tenancy.scope.required_tenant_id,
                                editable=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="tenancy.tenant",
                            ),
                        ),
                        (
                            "told_by",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.membership",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="BusinessStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        ("name", models.CharField(max_length=120)),
                        ("told_at", models.DateTimeField()),
                        (
                            "process",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="catalog.businessprocess",
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
                        (
                            "told_by",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="BusinessStepEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("position", models.PositiveSmallIntegerField()),
                        ("name", models.CharField(max_length=120)),
                        ("told_at", models.DateTimeField()),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="catalog.businessstep",
                            ),
                        ),
                        (
                            "process",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="catalog.businessprocess",
                            ),
                        ),
                        (
                            "tenant",
                            models.ForeignKey(
                                db_constraint=False,
                                default=portal.tenancy.scope.required_tenant_id,
                                editable=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="tenancy.tenant",
                            ),
                        ),
                        (
                            "told_by",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.membership",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="LoadPeak",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("weekly", "On days of each week"),
                                    ("month_end", "On the last working days of each month"),
                                    ("yearly", "In a season of each year"),
                                    ("dated", "On certain dates"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("name", models.CharField(blank=True, max_length=80)),
                        ("weekdays", models.CharField(blank=True, max_length=7)),
                        ("last_days", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("first_on", models.DateField(blank=True, null=True)),
                        ("last_on", models.DateField(blank=True, null=True)),
                        ("start_minute", models.PositiveSmallIntegerField(default=0)),
                        ("end_minute", models.PositiveSmallIntegerField(default=1440)),
                        ("told_at", models.DateTimeField()),
                        (
                            "process",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="peaks",
                                to="catalog.businessprocess",
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
                        (
                            "told_by",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="LoadPeakEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("weekly", "On days of each week"),
                                    ("month_end", "On the last working days of each month"),
                                    ("yearly", "In a season of each year"),
                                    ("dated", "On certain dates"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("name", models.CharField(blank=True, max_length=80)),
                        ("weekdays", models.CharField(blank=True, max_length=7)),
                        ("last_days", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("first_on", models.DateField(blank=True, null=True)),
                        ("last_on", models.DateField(blank=True, null=True)),
                        ("start_minute", models.PositiveSmallIntegerField(default=0)),
                        ("end_minute", models.PositiveSmallIntegerField(default=1440)),
                        ("told_at", models.DateTimeField()),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="catalog.loadpeak",
                            ),
                        ),
                        (
                            "process",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="catalog.businessprocess",
                            ),
                        ),
                        (
                            "tenant",
                            models.ForeignKey(
                                db_constraint=False,
                                default=portal.tenancy.scope.required_tenant_id,
                                editable=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="tenancy.tenant",
                            ),
                        ),
                        (
                            "told_by",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.membership",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="StepSupport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("role", models.CharField(max_length=200)),
                        ("told_at", models.DateTimeField()),
                        (
                            "component",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="step_supports",
                                to="catalog.component",
                            ),
                        ),
                        (
                            "service",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="step_supports",
                                to="catalog.service",
                            ),
                        ),
                        (
                            "step",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="supports",
                                to="catalog.businessstep",
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
                        (
                            "told_by",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="StepSupportEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("role", models.CharField(max_length=200)),
                        ("told_at", models.DateTimeField()),
                        (
                            "component",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="catalog.component",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="catalog.stepsupport",
                            ),
                        ),
                        (
                            "service",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="catalog.service",
                            ),
                        ),
                        (
                            "step",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="catalog.businessstep",
                            ),
                        ),
                        (
                            "tenant",
                            models.ForeignKey(
                                db_constraint=False,
                                default=portal.tenancy.scope.required_tenant_id,
                                editable=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="tenancy.tenant",
                            ),
                        ),
                        (
                            "told_by",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.membership",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "default_permissions": (),
                    },
                ),
                migrations.AddIndex(
                    model_name="businessprocess",
                    index=models.Index(fields=["tenant", "business_unit", "name"], name="process_by_unit"),
                ),
                migrations.AddConstraint(
                    model_name="businessprocess",
                    constraint=models.UniqueConstraint(fields=("tenant", "slug"), name="process_slug"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="businessprocess",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_businessprocessevent" ("business_unit_id", "id", "name", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "slug", "tenant_id", "told_at", "told_by_id") VALUES (NEW."business_unit_id", NEW."id", NEW."name", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."purpose", NEW."slug", NEW."tenant_id", NEW."told_at", NEW."told_by_id"); RETURN NULL;',
                            hash="8c1d1d855051ad7b400754fe3396249e8c61d30f",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e68f2",
                            table="catalog_businessprocess",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="businessprocess",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "catalog_businessprocessevent" ("business_unit_id", "id", "name", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "slug", "tenant_id", "told_at", "told_by_id") VALUES (NEW."business_unit_id", NEW."id", NEW."name", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."purpose", NEW."slug", NEW."tenant_id", NEW."told_at", NEW."told_by_id"); RETURN NULL;',
                            hash="079a55ae40292eedd648c0709942bbc105c39a4d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_0ff6b",
                            table="catalog_businessprocess",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="businessprocess",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_businessprocessevent" ("business_unit_id", "id", "name", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "slug", "tenant_id", "told_at", "told_by_id") VALUES (OLD."business_unit_id", OLD."id", OLD."name", OLD."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."purpose", OLD."slug", OLD."tenant_id", OLD."told_at", OLD."told_by_id"); RETURN NULL;',
                            hash="dd9a281917046f01ea07f1db769d01d434f59276",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_53b4c",
                            table="catalog_businessprocess",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="businessstep",
                    constraint=models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        fields=("tenant", "process", "position"),
                        name="business_step_position",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="businessstep",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_businessstepevent" ("id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "process_id", "tenant_id", "told_at", "told_by_id") VALUES (NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."position", NEW."process_id", NEW."tenant_id", NEW."told_at", NEW."told_by_id"); RETURN NULL;',
                            hash="48dba02e9d33fef800ef127953817d7e10e82ee8",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_23410",
                            table="catalog_businessstep",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="businessstep",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "catalog_businessstepevent" ("id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "process_id", "tenant_id", "told_at", "told_by_id") VALUES (NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."position", NEW."process_id", NEW."tenant_id", NEW."told_at", NEW."told_by_id"); RETURN NULL;',
                            hash="2b6752443234b727674241be01a13ab553f217a8",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_57ae9",
                            table="catalog_businessstep",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="businessstep",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_businessstepevent" ("id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "process_id", "tenant_id", "told_at", "told_by_id") VALUES (OLD."id", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."position", OLD."process_id", OLD."tenant_id", OLD."told_at", OLD."told_by_id"); RETURN NULL;',
                            hash="5ca64d471bb7aafebbed89251cfff3ac02c75b3e",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b5dfc",
                            table="catalog_businessstep",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="loadpeak",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind__in", ["weekly", "month_end", "yearly", "dated"])),
                        name="peak_kind_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="loadpeak",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("end_minute__lte", 1440), ("start_minute__lt", models.F("end_minute"))),
                        name="peak_minutes_in_order",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="loadpeak",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("first_on__isnull", True),
                            models.Q(
                                ("last_on__gte", models.F("first_on")), ("last_on__lte", datetime.date(2199, 12, 31))
                            ),
                            _connector="OR",
                        ),
                        name="peak_dates_in_order",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="loadpeak",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "weekly"),
                                ("last_days__isnull", True),
                                ("weekdays__regex", "^0?1?2?3?4?5?6?$"),
                                ("first_on__isnull", True),
                                ("last_on__isnull", True),
                                models.Q(("weekdays", ""), _negated=True),
                            ),
                            models.Q(
                                ("kind", "month_end"),
                                ("last_days__gte", 1),
                                ("last_days__isnull", False),
                                ("last_days__lte", 20),
                                ("weekdays", ""),
                                ("first_on__isnull", True),
                                ("last_on__isnull", True),
                            ),
                            models.Q(
                                ("kind__in", ["yearly", "dated"]),
                                ("last_days__isnull", True),
                                ("weekdays", ""),
                                ("first_on__isnull", False),
                                ("last_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="peak_is_told_by_its_kind",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="loadpeak",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_loadpeakevent" ("end_minute", "first_on", "id", "kind", "last_days", "last_on", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "process_id", "start_minute", "tenant_id", "told_at", "told_by_id", "weekdays") VALUES (NEW."end_minute", NEW."first_on", NEW."id", NEW."kind", NEW."last_days", NEW."last_on", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."process_id", NEW."start_minute", NEW."tenant_id", NEW."told_at", NEW."told_by_id", NEW."weekdays"); RETURN NULL;',
                            hash="46de7bf8ea0247efc2d0719fb8a56c543df595c8",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d78c4",
                            table="catalog_loadpeak",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="loadpeak",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "catalog_loadpeakevent" ("end_minute", "first_on", "id", "kind", "last_days", "last_on", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "process_id", "start_minute", "tenant_id", "told_at", "told_by_id", "weekdays") VALUES (NEW."end_minute", NEW."first_on", NEW."id", NEW."kind", NEW."last_days", NEW."last_on", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."process_id", NEW."start_minute", NEW."tenant_id", NEW."told_at", NEW."told_by_id", NEW."weekdays"); RETURN NULL;',
                            hash="5754879c14a5a58fae5793fa8281ecb4173d892f",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ae5bd",
                            table="catalog_loadpeak",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="loadpeak",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_loadpeakevent" ("end_minute", "first_on", "id", "kind", "last_days", "last_on", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "process_id", "start_minute", "tenant_id", "told_at", "told_by_id", "weekdays") VALUES (OLD."end_minute", OLD."first_on", OLD."id", OLD."kind", OLD."last_days", OLD."last_on", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."process_id", OLD."start_minute", OLD."tenant_id", OLD."told_at", OLD."told_by_id", OLD."weekdays"); RETURN NULL;',
                            hash="5ccad5ecfe27f80b4495f6074edf48602a5e9e2d",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_d9541",
                            table="catalog_loadpeak",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="stepsupport",
                    constraint=models.UniqueConstraint(
                        fields=("tenant", "step", "service"), name="step_support_service_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="stepsupport",
                    constraint=models.UniqueConstraint(
                        fields=("tenant", "step", "component"), name="step_support_component_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="stepsupport",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("component__isnull", True), ("service__isnull", False)),
                            models.Q(("component__isnull", False), ("service__isnull", True)),
                            _connector="OR",
                        ),
                        name="step_support_is_one_thing",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="stepsupport",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_stepsupportevent" ("component_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "service_id", "step_id", "tenant_id", "told_at", "told_by_id") VALUES (NEW."component_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."role", NEW."service_id", NEW."step_id", NEW."tenant_id", NEW."told_at", NEW."told_by_id"); RETURN NULL;',
                            hash="02bb4159297fa61a8b4041b81e232eb76c027127",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c62c3",
                            table="catalog_stepsupport",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="stepsupport",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "catalog_stepsupportevent" ("component_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "service_id", "step_id", "tenant_id", "told_at", "told_by_id") VALUES (NEW."component_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."role", NEW."service_id", NEW."step_id", NEW."tenant_id", NEW."told_at", NEW."told_by_id"); RETURN NULL;',
                            hash="9ee828ab3b1b0ec42512ff92ad72631fac85ed18",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_83351",
                            table="catalog_stepsupport",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="stepsupport",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_stepsupportevent" ("component_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "service_id", "step_id", "tenant_id", "told_at", "told_by_id") VALUES (OLD."component_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."role", OLD."service_id", OLD."step_id", OLD."tenant_id", OLD."told_at", OLD."told_by_id"); RETURN NULL;',
                            hash="0ce13095c25c3f84d0e3f0d9ed543e68a3e864d1",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_56821",
                            table="catalog_stepsupport",
                            when="AFTER",
                        ),
                    ),
                ),
                ProtectTenantTable("businessprocess"),
                ProtectTenantTable("businessstep"),
                ProtectTenantTable("loadpeak"),
                ProtectTenantTable("stepsupport"),
                ReferWithinTenant("businessprocess"),
                ReferWithinTenant("businessstep"),
                ReferWithinTenant("loadpeak"),
                ReferWithinTenant("stepsupport"),
                KeepHistory("businessprocessevent"),
                KeepHistory("businessstepevent"),
                KeepHistory("loadpeakevent"),
                KeepHistory("stepsupportevent"),
            ],
        ),
    ]
