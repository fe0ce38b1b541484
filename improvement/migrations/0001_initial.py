import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import portal.tenancy.fields
import portal.tenancy.scope
from portal.tenancy.operations import CreateTables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("catalog", "0001_initial"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="ImprovementOpportunity",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("title", models.CharField(max_length=200)),
                        ("notice", models.CharField(blank=True, max_length=300, verbose_name="what you will notice")),
                        ("why", models.CharField(max_length=300, verbose_name="comes from")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("opportunity", "Opportunity"),
                                    ("assessed", "Assessed"),
                                    ("approved", "Approved"),
                                    ("in_progress", "In progress"),
                                    ("measuring", "Measuring"),
                                    ("confirmed", "Confirmed"),
                                    ("not_proven", "Not proven"),
                                    ("dropped", "Dropped"),
                                ],
                                default="opportunity",
                                max_length=12,
                            ),
                        ),
                        (
                            "size",
                            models.CharField(
                                blank=True,
                                choices=[("small", "Small"), ("medium", "Medium"), ("large", "Large")],
                                max_length=8,
                            ),
                        ),
                        (
                            "priority",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "High"), (2, "Middle"), (3, "Low")], default=2
                            ),
                        ),
                        ("raised_at", models.DateTimeField()),
                        ("due_on", models.DateField(blank=True, null=True)),
                        ("done_on", models.DateField(blank=True, null=True)),
                        ("closed_on", models.DateField(blank=True, null=True)),
                        (
                            "business_unit",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="improvements",
                                to="accounts.businessunit",
                            ),
                        ),
                        (
                            "goal",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="improvements",
                                to="catalog.businessgoal",
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
                            "raised_by",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
                            ),
                        ),
                        (
                            "service",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="improvements",
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
                    name="ImprovementOpportunityEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("number", models.PositiveIntegerField()),
                        ("title", models.CharField(max_length=200)),
                        ("notice", models.CharField(blank=True, max_length=300, verbose_name="what you will notice")),
                        ("why", models.CharField(max_length=300, verbose_name="comes from")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("opportunity", "Opportunity"),
                                    ("assessed", "Assessed"),
                                    ("approved", "Approved"),
                                    ("in_progress", "In progress"),
                                    ("measuring", "Measuring"),
                                    ("confirmed", "Confirmed"),
                                    ("not_proven", "Not proven"),
                                    ("dropped", "Dropped"),
                                ],
                                default="opportunity",
                                max_length=12,
                            ),
                        ),
                        (
                            "size",
                            models.CharField(
                                blank=True,
                                choices=[("small", "Small"), ("medium", "Medium"), ("large", "Large")],
                                max_length=8,
                            ),
                        ),
                        (
                            "priority",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "High"), (2, "Middle"), (3, "Low")], default=2
                            ),
                        ),
                        ("raised_at", models.DateTimeField()),
                        ("due_on", models.DateField(blank=True, null=True)),
                        ("done_on", models.DateField(blank=True, null=True)),
                        ("closed_on", models.DateField(blank=True, null=True)),
                        (
                            "business_unit",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.businessunit",
                            ),
                        ),
                        (
                            "goal",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="catalog.businessgoal",
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
                                to="improvement.improvementopportunity",
                            ),
                        ),
                        (
                            "raised_by",
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
                                blank=True,
                                null=True,
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
                migrations.AddConstraint(
                    model_name="improvementopportunity",
                    constraint=models.UniqueConstraint(fields=("tenant", "number"), name="improvement_number"),
                ),
                migrations.AddConstraint(
                    model_name="improvementopportunity",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "opportunity",
                                    "assessed",
                                    "approved",
                                    "in_progress",
                                    "measuring",
                                    "confirmed",
                                    "not_proven",
                                    "dropped",
                                ],
                            )
                        ),
                        name="improvement_state_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="improvementopportunity",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("size__in", ["", "small", "medium", "large"])),
                        name="improvement_size_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="improvementopportunity",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("priority__in", [1, 2, 3])), name="improvement_priority_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="improvementopportunity",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("approved", "in_progress")), _negated=True),
                            models.Q(("due_on__isnull", False), ("owner__isnull", False)),
                            _connector="OR",
                        ),
                        name="improvement_promised_by_somebody",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="improvementopportunity",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "improvement_improvementopportunityevent" ("business_unit_id", "closed_on", "done_on", "due_on", "goal_id", "id", "notice", "number", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "raised_at", "raised_by_id", "service_id", "size", "state", "tenant_id", "title", "why") VALUES (NEW."business_unit_id", NEW."closed_on", NEW."done_on", NEW."due_on", NEW."goal_id", NEW."id", NEW."notice", NEW."number", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."priority", NEW."raised_at", NEW."raised_by_id", NEW."service_id", NEW."size", NEW."state", NEW."tenant_id", NEW."title", NEW."why"); RETURN NULL;',
                            hash="9345ed3931f94a498d06ce8c67e13dabcf9537fa",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_7a918",
                            table="improvement_improvementopportunity",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="improvementopportunity",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "improvement_improvementopportunityevent" ("business_unit_id", "closed_on", "done_on", "due_on", "goal_id", "id", "notice", "number", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "raised_at", "raised_by_id", "service_id", "size", "state", "tenant_id", "title", "why") VALUES (NEW."business_unit_id", NEW."closed_on", NEW."done_on", NEW."due_on", NEW."goal_id", NEW."id", NEW."notice", NEW."number", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."priority", NEW."raised_at", NEW."raised_by_id", NEW."service_id", NEW."size", NEW."state", NEW."tenant_id", NEW."title", NEW."why"); RETURN NULL;',
                            hash="a2d36b71b258f8df05dc1fc3347cadce6d4b4770",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_8fa33",
                            table="improvement_improvementopportunity",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="improvementopportunity",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "improvement_improvementopportunityevent" ("business_unit_id", "closed_on", "done_on", "due_on", "goal_id", "id", "notice", "number", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "raised_at", "raised_by_id", "service_id", "size", "state", "tenant_id", "title", "why") VALUES (OLD."business_unit_id", OLD."closed_on", OLD."done_on", OLD."due_on", OLD."goal_id", OLD."id", OLD."notice", OLD."number", OLD."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."priority", OLD."raised_at", OLD."raised_by_id", OLD."service_id", OLD."size", OLD."state", OLD."tenant_id", OLD."title", OLD."why"); RETURN NULL;',
                            hash="fc0ad37775505e5c90e3ce3d8a7baf18a7f635dc",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_ea97b",
                            table="improvement_improvementopportunity",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
    ]
