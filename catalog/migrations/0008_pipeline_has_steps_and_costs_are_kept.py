"""The pipeline has steps; business cases, what a service is for, and what it costs month by month are kept."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.comparison
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
        ("catalog", "0007_the_business_tells_how_it_works"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        InOneStep(
            [
                migrations.CreateModel(
                    name="BusinessCase",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("summary", models.TextField(max_length=2000)),
                        ("build_minor", models.BigIntegerField()),
                        ("run_minor", models.BigIntegerField()),
                        (
                            "run_per",
                            models.CharField(
                                choices=[("month", "a month"), ("year", "a year")], default="year", max_length=5
                            ),
                        ),
                        ("value_low", models.BigIntegerField()),
                        ("value_likely", models.BigIntegerField()),
                        ("value_high", models.BigIntegerField()),
                        (
                            "value_unit",
                            models.CharField(
                                choices=[("money", "Money"), ("hours", "Hours"), ("orders", "Orders")], max_length=6
                            ),
                        ),
                        (
                            "grade",
                            models.CharField(
                                choices=[
                                    ("A", "Confirmed by the business"),
                                    ("B", "Measured"),
                                    ("C", "Estimated by an agreed method"),
                                    ("D", "Assumed"),
                                ],
                                max_length=1,
                            ),
                        ),
                        ("said_on", models.DateField()),
                        (
                            "said_by",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
                            ),
                        ),
                        (
                            "service",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="business_cases",
                                to="catalog.service",
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
                    name="BusinessCaseEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("summary", models.TextField(max_length=2000)),
                        ("build_minor", models.BigIntegerField()),
                        ("run_minor", models.BigIntegerField()),
                        (
                            "run_per",
                            models.CharField(
                                choices=[("month", "a month"), ("year", "a year")], default="year", max_length=5
                            ),
                        ),
                        ("value_low", models.BigIntegerField()),
                        ("value_likely", models.BigIntegerField()),
                        ("value_high", models.BigIntegerField()),
                        (
                            "value_unit",
                            models.CharField(
                                choices=[("money", "Money"), ("hours", "Hours"), ("orders", "Orders")], max_length=6
                            ),
                        ),
                        (
                            "grade",
                            models.CharField(
                                choices=[
                                    ("A", "Confirmed by the business"),
                                    ("B", "Measured"),
                                    ("C", "Estimated by an agreed method"),
                                    ("D", "Assumed"),
                                ],
                                max_length=1,
                            ),
                        ),
                        ("said_on", models.DateField()),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="catalog.businesscase",
                            ),
                        ),
                        (
                            "said_by",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.membership",
                            ),
                        ),
                        (
                            "service",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="catalog.service",
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
                    ],
                    options={
                        "abstract": False,
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="ServiceAmount",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(choices=[("cost", "Cost"), ("price", "Price")], max_length=5)),
                        ("from_month", models.DateField()),
                        ("until_month", models.DateField(blank=True, null=True)),
                        ("minor", models.BigIntegerField()),
                        (
                            "per",
                            models.CharField(
                                choices=[("month", "a month"), ("year", "a year")], default="month", max_length=5
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200)),
                        (
                            "offering",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="amounts",
                                to="catalog.serviceoffering",
                            ),
                        ),
                        (
                            "said_by",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
                            ),
                        ),
                        (
                            "service",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="amounts",
                                to="catalog.service",
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
                    name="ServiceAmountEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("kind", models.CharField(choices=[("cost", "Cost"), ("price", "Price")], max_length=5)),
                        ("from_month", models.DateField()),
                        ("until_month", models.DateField(blank=True, null=True)),
                        ("minor", models.BigIntegerField()),
                        (
                            "per",
                            models.CharField(
                                choices=[("month", "a month"), ("year", "a year")], default="month", max_length=5
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200)),
                        (
                            "offering",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="catalog.serviceoffering",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="catalog.serviceamount",
                            ),
                        ),
                        (
                            "said_by",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.membership",
                            ),
                        ),
                        (
                            "service",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="catalog.service",
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
                    ],
                    options={
                        "abstract": False,
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="ServicePurpose",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField(max_length=1000)),
                        ("said_on", models.DateField()),
                        (
                            "said_by",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
                            ),
                        ),
                        (
                            "service",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="purposes",
                                to="catalog.service",
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
                    name="ServicePurposeEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("text", models.TextField(max_length=1000)),
                        ("said_on", models.DateField()),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="catalog.servicepurpose",
                            ),
                        ),
                        (
                            "said_by",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.membership",
                            ),
                        ),
                        (
                            "service",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="catalog.service",
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
                    ],
                    options={
                        "abstract": False,
                        "default_permissions": (),
                    },
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="service",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="service",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="service",
                    name="delete_delete",
                ),
                migrations.AddField(
                    model_name="service",
                    name="pipeline_step",
                    field=models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("analysed", "Analysed"),
                            ("approved", "Approved"),
                            ("building", "Being built"),
                        ],
                        default="proposed",
                        help_text="How far it is while it is in the pipeline; afterwards, how far it had come.",
                        max_length=10,
                    ),
                ),
                migrations.AddField(
                    model_name="serviceevent",
                    name="pipeline_step",
                    field=models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("analysed", "Analysed"),
                            ("approved", "Approved"),
                            ("building", "Being built"),
                        ],
                        default="proposed",
                        help_text="How far it is while it is in the pipeline; afterwards, how far it had come.",
                        max_length=10,
                    ),
                ),
                migrations.AlterField(
                    model_name="stagetransition",
                    name="from_stage",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("proposed", "Proposed"),
                            ("analysed", "Analysed"),
                            ("approved", "Approved"),
                            ("building", "Being built"),
                            ("catalogue", "Live"),
                            ("retired", "Retired"),
                            ("pipeline", "Pipeline"),
                        ],
                        max_length=10,
                    ),
                ),
                migrations.AlterField(
                    model_name="stagetransition",
                    name="to_stage",
                    field=models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("analysed", "Analysed"),
                            ("approved", "Approved"),
                            ("building", "Being built"),
                            ("catalogue", "Live"),
                            ("retired", "Retired"),
                            ("pipeline", "Pipeline"),
                        ],
                        max_length=10,
                    ),
                ),
                migrations.AlterField(
                    model_name="stagetransitionevent",
                    name="from_stage",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("proposed", "Proposed"),
                            ("analysed", "Analysed"),
                            ("approved", "Approved"),
                            ("building", "Being built"),
                            ("catalogue", "Live"),
                            ("retired", "Retired"),
                            ("pipeline", "Pipeline"),
                        ],
                        max_length=10,
                    ),
                ),
                migrations.AlterField(
                    model_name="stagetransitionevent",
                    name="to_stage",
                    field=models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("analysed", "Analysed"),
                            ("approved", "Approved"),
                            ("building", "Being built"),
                            ("catalogue", "Live"),
                            ("retired", "Retired"),
                            ("pipeline", "Pipeline"),
                        ],
                        max_length=10,
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="service",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_serviceevent" ("business_owner_id", "created_at", "description", "id", "it_owner_id", "line_of_service_id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_step", "reference", "service_class", "slug", "stage", "tenant_id", "used_by") VALUES (NEW."business_owner_id", NEW."created_at", NEW."description", NEW."id", NEW."it_owner_id", NEW."line_of_service_id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."pipeline_step", NEW."reference", NEW."service_class", NEW."slug", NEW."stage", NEW."tenant_id", NEW."used_by"); RETURN NULL;',
                            hash="235f12bf8eb78c3d0bfd52c183dc842378d71a94",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b10d1",
                            table="catalog_service",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="service",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "catalog_serviceevent" ("business_owner_id", "created_at", "description", "id", "it_owner_id", "line_of_service_id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_step", "reference", "service_class", "slug", "stage", "tenant_id", "used_by") VALUES (NEW."business_owner_id", NEW."created_at", NEW."description", NEW."id", NEW."it_owner_id", NEW."line_of_service_id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."pipeline_step", NEW."reference", NEW."service_class", NEW."slug", NEW."stage", NEW."tenant_id", NEW."used_by"); RETURN NULL;',
                            hash="314fc15cb70b432f7bf4272d20e61095069f1a5a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_58a68",
                            table="catalog_service",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="service",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_serviceevent" ("business_owner_id", "created_at", "description", "id", "it_owner_id", "line_of_service_id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_step", "reference", "service_class", "slug", "stage", "tenant_id", "used_by") VALUES (OLD."business_owner_id", OLD."created_at", OLD."description", OLD."id", OLD."it_owner_id", OLD."line_of_service_id", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."pipeline_step", OLD."reference", OLD."service_class", OLD."slug", OLD."stage", OLD."tenant_id", OLD."used_by"); RETURN NULL;',
                            hash="1076ba64fffd15ac25cafb932f931e21c776200a",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_ad4ea",
                            table="catalog_service",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="service",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("pipeline_step__in", ["proposed", "analysed", "approved", "building"])),
                        name="service_pipeline_step_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="businesscase",
                    constraint=models.UniqueConstraint(fields=("tenant", "service"), name="business_case_once"),
                ),
                migrations.AddConstraint(
                    model_name="businesscase",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("build_minor__gte", 0), ("run_minor__gte", 0)),
                        name="business_case_costs_not_negative",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="businesscase",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("value_likely__lte", models.F("value_high")), ("value_low__lte", models.F("value_likely"))
                        ),
                        name="business_case_value_in_order",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="businesscase",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("run_per__in", ["month", "year"])), name="business_case_per_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="businesscase",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("value_unit__in", ["money", "hours", "orders"])),
                        name="business_case_unit_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="businesscase",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("grade__in", ["A", "B", "C", "D"])), name="business_case_grade"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="businesscase",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_businesscaseevent" ("build_minor", "grade", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "run_minor", "run_per", "said_by_id", "said_on", "service_id", "summary", "tenant_id", "value_high", "value_likely", "value_low", "value_unit") VALUES (NEW."build_minor", NEW."grade", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."run_minor", NEW."run_per", NEW."said_by_id", NEW."said_on", NEW."service_id", NEW."summary", NEW."tenant_id", NEW."value_high", NEW."value_likely", NEW."value_low", NEW."value_unit"); RETURN NULL;',
                            hash="1395216ef3230a0c084879d1462e57b973442a53",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_21d52",
                            table="catalog_businesscase",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="businesscase",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "catalog_businesscaseevent" ("build_minor", "grade", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "run_minor", "run_per", "said_by_id", "said_on", "service_id", "summary", "tenant_id", "value_high", "value_likely", "value_low", "value_unit") VALUES (NEW."build_minor", NEW."grade", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."run_minor", NEW."run_per", NEW."said_by_id", NEW."said_on", NEW."service_id", NEW."summary", NEW."tenant_id", NEW."value_high", NEW."value_likely", NEW."value_low", NEW."value_unit"); RETURN NULL;',
                            hash="da27fa6367a8fbafd2ac0c4f21a529ac0ba6a817",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_23ace",
                            table="catalog_businesscase",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="businesscase",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_businesscaseevent" ("build_minor", "grade", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "run_minor", "run_per", "said_by_id", "said_on", "service_id", "summary", "tenant_id", "value_high", "value_likely", "value_low", "value_unit") VALUES (OLD."build_minor", OLD."grade", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."run_minor", OLD."run_per", OLD."said_by_id", OLD."said_on", OLD."service_id", OLD."summary", OLD."tenant_id", OLD."value_high", OLD."value_likely", OLD."value_low", OLD."value_unit"); RETURN NULL;',
                            hash="2ba0a1566469b0330b605cd95d082ef2743eef34",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_9a928",
                            table="catalog_businesscase",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceamount",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("tenant", "="),
                            ("service", "="),
                            ("kind", "="),
                            (django.db.models.functions.comparison.Coalesce("offering", models.Value(0)), "="),
                            (
                                models.Func(
                                    "from_month",
                                    "until_month",
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="service_amount_times_apart",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceamount",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("minor__gte", 0)), name="service_amount_not_negative"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceamount",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("from_month__day", 1),
                            models.Q(("until_month__isnull", True), ("until_month__day", 1), _connector="OR"),
                        ),
                        name="service_amount_of_whole_months",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceamount",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("until_month__isnull", True), ("until_month__gt", models.F("from_month")), _connector="OR"
                        ),
                        name="service_amount_ends_after_start",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceamount",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind__in", ["cost", "price"])), name="service_amount_kind_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceamount",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("per__in", ["month", "year"])), name="service_amount_per_known"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="serviceamount",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_serviceamountevent" ("from_month", "id", "kind", "minor", "note", "offering_id", "per", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "said_by_id", "service_id", "tenant_id", "until_month") VALUES (NEW."from_month", NEW."id", NEW."kind", NEW."minor", NEW."note", NEW."offering_id", NEW."per", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."said_by_id", NEW."service_id", NEW."tenant_id", NEW."until_month"); RETURN NULL;',
                            hash="ad8e423746a9eb4dfb138fc7e3a8f66a1b323667",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c5c56",
                            table="catalog_serviceamount",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="serviceamount",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "catalog_serviceamountevent" ("from_month", "id", "kind", "minor", "note", "offering_id", "per", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "said_by_id", "service_id", "tenant_id", "until_month") VALUES (NEW."from_month", NEW."id", NEW."kind", NEW."minor", NEW."note", NEW."offering_id", NEW."per", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."said_by_id", NEW."service_id", NEW."tenant_id", NEW."until_month"); RETURN NULL;',
                            hash="141aa7d2768b1c779fc54d64be962b90822bfb06",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e8782",
                            table="catalog_serviceamount",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="serviceamount",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_serviceamountevent" ("from_month", "id", "kind", "minor", "note", "offering_id", "per", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "said_by_id", "service_id", "tenant_id", "until_month") VALUES (OLD."from_month", OLD."id", OLD."kind", OLD."minor", OLD."note", OLD."offering_id", OLD."per", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."said_by_id", OLD."service_id", OLD."tenant_id", OLD."until_month"); RETURN NULL;',
                            hash="ba62eee064080d734e16d8921660281a53eedbf6",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_467e2",
                            table="catalog_serviceamount",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="servicepurpose",
                    constraint=models.UniqueConstraint(fields=("tenant", "service"), name="service_purpose_once"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicepurpose",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_servicepurposeevent" ("id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "said_by_id", "said_on", "service_id", "tenant_id", "text") VALUES (NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."said_by_id", NEW."said_on", NEW."service_id", NEW."tenant_id", NEW."text"); RETURN NULL;',
                            hash="d92e750484ae61ccd2c7fc49602eea79a87a1ee3",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c7a6a",
                            table="catalog_servicepurpose",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicepurpose",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "catalog_servicepurposeevent" ("id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "said_by_id", "said_on", "service_id", "tenant_id", "text") VALUES (NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."said_by_id", NEW."said_on", NEW."service_id", NEW."tenant_id", NEW."text"); RETURN NULL;',
                            hash="5fd0aaa4761e18b8c670d6035c06099cfbb80174",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_423a2",
                            table="catalog_servicepurpose",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicepurpose",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_servicepurposeevent" ("id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "said_by_id", "said_on", "service_id", "tenant_id", "text") VALUES (OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."said_by_id", OLD."said_on", OLD."service_id", OLD."tenant_id", OLD."text"); RETURN NULL;',
                            hash="46e995b04c950727e7a61907ad2328625c85b34c",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b2fb8",
                            table="catalog_servicepurpose",
                            when="AFTER",
                        ),
                    ),
                ),
                ProtectTenantTable("businesscase"),
                ProtectTenantTable("servicepurpose"),
                ProtectTenantTable("serviceamount"),
                ReferWithinTenant("businesscase"),
                ReferWithinTenant("servicepurpose"),
                ReferWithinTenant("serviceamount"),
                KeepHistory("businesscaseevent"),
                KeepHistory("servicepurposeevent"),
                KeepHistory("serviceamountevent"),
            ]
        )
    ]
