"""What an hour of standstill costs is said of a step, and a question to the business names the process that it is about."""

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
        ("catalog", "0007_the_business_tells_how_it_works"),
        ("reporting", "0015_complaints_are_settled_in_time"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        InOneStep(
            [
                migrations.CreateModel(
                    name="StandstillCost",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("low_minor", models.BigIntegerField()),
                        ("likely_minor", models.BigIntegerField()),
                        ("high_minor", models.BigIntegerField()),
                        ("currency", models.CharField(max_length=3)),
                        ("basis", models.CharField(blank=True, max_length=200)),
                        ("said_on", models.DateField()),
                        (
                            "said_by",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
                            ),
                        ),
                        (
                            "step",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="standstill_costs",
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
                    ],
                ),
                migrations.CreateModel(
                    name="StandstillCostEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("low_minor", models.BigIntegerField()),
                        ("likely_minor", models.BigIntegerField()),
                        ("high_minor", models.BigIntegerField()),
                        ("currency", models.CharField(max_length=3)),
                        ("basis", models.CharField(blank=True, max_length=200)),
                        ("said_on", models.DateField()),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="reporting.standstillcost",
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
                    ],
                    options={
                        "abstract": False,
                        "default_permissions": (),
                    },
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="contextrequest",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="contextrequest",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="contextrequest",
                    name="delete_delete",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="impactprofile",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="impactprofile",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="impactprofile",
                    name="delete_delete",
                ),
                migrations.AddField(
                    model_name="contextrequest",
                    name="process",
                    field=portal.tenancy.fields.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="context_requests",
                        to="catalog.businessprocess",
                    ),
                ),
                migrations.AddField(
                    model_name="contextrequestevent",
                    name="process",
                    field=portal.tenancy.fields.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="catalog.businessprocess",
                    ),
                ),
                migrations.AddField(
                    model_name="impactprofile",
                    name="step",
                    field=portal.tenancy.fields.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="impact_profiles",
                        to="catalog.businessstep",
                    ),
                ),
                migrations.AddField(
                    model_name="impactprofileevent",
                    name="step",
                    field=portal.tenancy.fields.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="catalog.businessstep",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contextrequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_contextrequestevent" ("answer", "answered_at", "answered_by_id", "asked_at", "asked_by_id", "business_unit_id", "due_on", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "poorer", "process_id", "purpose", "question", "service_id", "tenant_id", "title") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."asked_at", NEW."asked_by_id", NEW."business_unit_id", NEW."due_on", NEW."id", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."poorer", NEW."process_id", NEW."purpose", NEW."question", NEW."service_id", NEW."tenant_id", NEW."title"); RETURN NULL;',
                            hash="da20fb7f41b8231c501dcc1b2e81ccd6c4e4487c",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_1fc58",
                            table="reporting_contextrequest",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contextrequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "reporting_contextrequestevent" ("answer", "answered_at", "answered_by_id", "asked_at", "asked_by_id", "business_unit_id", "due_on", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "poorer", "process_id", "purpose", "question", "service_id", "tenant_id", "title") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."asked_at", NEW."asked_by_id", NEW."business_unit_id", NEW."due_on", NEW."id", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."poorer", NEW."process_id", NEW."purpose", NEW."question", NEW."service_id", NEW."tenant_id", NEW."title"); RETURN NULL;',
                            hash="927268b7867586c826f450a781b49903a7ed72d9",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c0c89",
                            table="reporting_contextrequest",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contextrequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_contextrequestevent" ("answer", "answered_at", "answered_by_id", "asked_at", "asked_by_id", "business_unit_id", "due_on", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "poorer", "process_id", "purpose", "question", "service_id", "tenant_id", "title") VALUES (OLD."answer", OLD."answered_at", OLD."answered_by_id", OLD."asked_at", OLD."asked_by_id", OLD."business_unit_id", OLD."due_on", OLD."id", OLD."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."poorer", OLD."process_id", OLD."purpose", OLD."question", OLD."service_id", OLD."tenant_id", OLD."title"); RETURN NULL;',
                            hash="b829cb1755170236846ea80ca7696ea9223571ab",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b1a6a",
                            table="reporting_contextrequest",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="impactprofile",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_impactprofileevent" ("business_unit_id", "confirmed_by_id", "confirmed_on", "id", "lost_share_high", "lost_share_low", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "step_id", "tenant_id", "unit_value_minor", "unit_words") VALUES (NEW."business_unit_id", NEW."confirmed_by_id", NEW."confirmed_on", NEW."id", NEW."lost_share_high", NEW."lost_share_low", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."service_id", NEW."step_id", NEW."tenant_id", NEW."unit_value_minor", NEW."unit_words"); RETURN NULL;',
                            hash="0323cad4deecd6ca6b6146de515cf7db6f0bde56",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_de093",
                            table="reporting_impactprofile",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="impactprofile",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "reporting_impactprofileevent" ("business_unit_id", "confirmed_by_id", "confirmed_on", "id", "lost_share_high", "lost_share_low", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "step_id", "tenant_id", "unit_value_minor", "unit_words") VALUES (NEW."business_unit_id", NEW."confirmed_by_id", NEW."confirmed_on", NEW."id", NEW."lost_share_high", NEW."lost_share_low", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."service_id", NEW."step_id", NEW."tenant_id", NEW."unit_value_minor", NEW."unit_words"); RETURN NULL;',
                            hash="a3ec7e99d5a6975eec9835a711c5212b1cfb14bb",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_bf887",
                            table="reporting_impactprofile",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="impactprofile",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_impactprofileevent" ("business_unit_id", "confirmed_by_id", "confirmed_on", "id", "lost_share_high", "lost_share_low", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "step_id", "tenant_id", "unit_value_minor", "unit_words") VALUES (OLD."business_unit_id", OLD."confirmed_by_id", OLD."confirmed_on", OLD."id", OLD."lost_share_high", OLD."lost_share_low", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."service_id", OLD."step_id", OLD."tenant_id", OLD."unit_value_minor", OLD."unit_words"); RETURN NULL;',
                            hash="2278955c49dbaa4d22985033a6edad4df33a3967",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_40112",
                            table="reporting_impactprofile",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="standstillcost",
                    constraint=models.UniqueConstraint(
                        fields=("tenant", "step", "said_on"), name="standstill_cost_once_a_day"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="standstillcost",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("low_minor__gte", 0),
                            ("low_minor__lte", models.F("likely_minor")),
                            ("likely_minor__lte", models.F("high_minor")),
                        ),
                        name="standstill_cost_in_order",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="standstillcost",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_standstillcostevent" ("basis", "currency", "high_minor", "id", "likely_minor", "low_minor", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "said_by_id", "said_on", "step_id", "tenant_id") VALUES (NEW."basis", NEW."currency", NEW."high_minor", NEW."id", NEW."likely_minor", NEW."low_minor", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."said_by_id", NEW."said_on", NEW."step_id", NEW."tenant_id"); RETURN NULL;',
                            hash="2c5f43e2d23a0425c38dcfd9c63a6d4aa6f60e56",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_4d547",
                            table="reporting_standstillcost",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="standstillcost",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "reporting_standstillcostevent" ("basis", "currency", "high_minor", "id", "likely_minor", "low_minor", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "said_by_id", "said_on", "step_id", "tenant_id") VALUES (NEW."basis", NEW."currency", NEW."high_minor", NEW."id", NEW."likely_minor", NEW."low_minor", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."said_by_id", NEW."said_on", NEW."step_id", NEW."tenant_id"); RETURN NULL;',
                            hash="39d28aa616fbb3ef195062371864ad2b84dc3eb5",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_220fc",
                            table="reporting_standstillcost",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="standstillcost",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_standstillcostevent" ("basis", "currency", "high_minor", "id", "likely_minor", "low_minor", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "said_by_id", "said_on", "step_id", "tenant_id") VALUES (OLD."basis", OLD."currency", OLD."high_minor", OLD."id", OLD."likely_minor", OLD."low_minor", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."said_by_id", OLD."said_on", OLD."step_id", OLD."tenant_id"); RETURN NULL;',
                            hash="e06d1b3cc90e181b1cff363389ba3c736edfe9a6",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_34899",
                            table="reporting_standstillcost",
                            when="AFTER",
                        ),
                    ),
                ),
                ProtectTenantTable("standstillcost"),
                ReferWithinTenant("standstillcost"),
                ReferWithinTenant("contextrequest", "process"),
                ReferWithinTenant("impactprofile", "step"),
                KeepHistory("standstillcostevent"),
            ],
        ),
    ]
