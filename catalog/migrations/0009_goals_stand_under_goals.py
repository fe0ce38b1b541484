"""Goals stand under goals and go from one value to another; what became of a need is kept with its answer."""

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import portal.tenancy.fields
import portal.tenancy.scope
from portal.tenancy.operations import InOneStep, KeepHistory, ProtectTenantTable, ReferWithinTenant

# The row policies stand aside for an owner who cannot pass them.
KEEP_OUTCOMES = [
    "SET CONSTRAINTS ALL IMMEDIATE",
    "ALTER TABLE catalog_need NO FORCE ROW LEVEL SECURITY",
    "UPDATE catalog_need SET outcome = 'answered' WHERE answered_at IS NOT NULL",
    "ALTER TABLE catalog_need FORCE ROW LEVEL SECURITY",
]
KEEP_TREE = """
CREATE TRIGGER goals_keep_tree BEFORE INSERT OR UPDATE OF parent_id ON catalog_businessgoal
FOR EACH ROW EXECUTE FUNCTION keep_tree()
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_rows_stand_in_trees"),
        ("catalog", "0008_pipeline_has_steps_and_costs_are_kept"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        InOneStep(
            [
                migrations.CreateModel(
                    name="GoalValue",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("on", models.DateField()),
                        ("value", models.DecimalField(decimal_places=2, max_digits=14)),
                        ("note", models.CharField(blank=True, max_length=200)),
                        (
                            "goal",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="values",
                                to="catalog.businessgoal",
                            ),
                        ),
                        (
                            "said_by",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
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
                    name="GoalValueEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("on", models.DateField()),
                        ("value", models.DecimalField(decimal_places=2, max_digits=14)),
                        ("note", models.CharField(blank=True, max_length=200)),
                        (
                            "goal",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="catalog.businessgoal",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="catalog.goalvalue",
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
                    model_name="businessgoal",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="businessgoal",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="businessgoal",
                    name="delete_delete",
                ),
                migrations.AddField(
                    model_name="businessgoal",
                    name="measured_as",
                    field=models.CharField(blank=True, max_length=200),
                ),
                migrations.AddField(
                    model_name="businessgoal",
                    name="parent",
                    field=portal.tenancy.fields.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="catalog.businessgoal",
                    ),
                ),
                migrations.AddField(
                    model_name="businessgoal",
                    name="start_value",
                    field=models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True),
                ),
                migrations.AddField(
                    model_name="businessgoal",
                    name="target_value",
                    field=models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True),
                ),
                migrations.AddField(
                    model_name="businessgoal",
                    name="value_unit",
                    field=models.CharField(blank=True, max_length=30),
                ),
                migrations.AddField(
                    model_name="businessgoalevent",
                    name="measured_as",
                    field=models.CharField(blank=True, max_length=200),
                ),
                migrations.AddField(
                    model_name="businessgoalevent",
                    name="parent",
                    field=portal.tenancy.fields.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="catalog.businessgoal",
                    ),
                ),
                migrations.AddField(
                    model_name="businessgoalevent",
                    name="start_value",
                    field=models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True),
                ),
                migrations.AddField(
                    model_name="businessgoalevent",
                    name="target_value",
                    field=models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True),
                ),
                migrations.AddField(
                    model_name="businessgoalevent",
                    name="value_unit",
                    field=models.CharField(blank=True, max_length=30),
                ),
                migrations.AddField(
                    model_name="need",
                    name="outcome",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not answered yet"),
                            ("answered", "Answered"),
                            ("declined", "Declined, with the reason"),
                            ("proposed", "Proposed as a service"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                migrations.AddField(
                    model_name="need",
                    name="proposal",
                    field=portal.tenancy.fields.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asked_for_by",
                        to="catalog.service",
                    ),
                ),
                migrations.AddIndex(
                    model_name="need",
                    index=models.Index(fields=["tenant", "outcome", "answer_due_on"], name="need_by_outcome"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="businessgoal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_businessgoalevent" ("business_unit_id", "due_on", "id", "measured_as", "name", "owner_id", "parent_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "short_name", "slug", "start_value", "target_value", "tenant_id", "value_unit") VALUES (NEW."business_unit_id", NEW."due_on", NEW."id", NEW."measured_as", NEW."name", NEW."owner_id", NEW."parent_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."position", NEW."short_name", NEW."slug", NEW."start_value", NEW."target_value", NEW."tenant_id", NEW."value_unit"); RETURN NULL;',
                            hash="3455e8178c252b09aaff068a54e465f30be85b61",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_1cdf8",
                            table="catalog_businessgoal",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="businessgoal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "catalog_businessgoalevent" ("business_unit_id", "due_on", "id", "measured_as", "name", "owner_id", "parent_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "short_name", "slug", "start_value", "target_value", "tenant_id", "value_unit") VALUES (NEW."business_unit_id", NEW."due_on", NEW."id", NEW."measured_as", NEW."name", NEW."owner_id", NEW."parent_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."position", NEW."short_name", NEW."slug", NEW."start_value", NEW."target_value", NEW."tenant_id", NEW."value_unit"); RETURN NULL;',
                            hash="465c2b7e9e0b1f552266e89f23fb9b7494be70d6",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_776ec",
                            table="catalog_businessgoal",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="businessgoal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_businessgoalevent" ("business_unit_id", "due_on", "id", "measured_as", "name", "owner_id", "parent_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "short_name", "slug", "start_value", "target_value", "tenant_id", "value_unit") VALUES (OLD."business_unit_id", OLD."due_on", OLD."id", OLD."measured_as", OLD."name", OLD."owner_id", OLD."parent_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."position", OLD."short_name", OLD."slug", OLD."start_value", OLD."target_value", OLD."tenant_id", OLD."value_unit"); RETURN NULL;',
                            hash="ea7186563888074cb0e26c1bda82d80dd62c8a22",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_ad533",
                            table="catalog_businessgoal",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="businessgoal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("start_value__isnull", True), ("target_value__isnull", True)),
                            models.Q(
                                ("start_value__isnull", False),
                                ("target_value__isnull", False),
                                models.Q(("start_value", models.F("target_value")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="goal_goes_from_one_value_to_another",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="need",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["", "answered", "declined", "proposed"])),
                        name="need_outcome_known",
                    ),
                ),
                migrations.RunSQL(KEEP_OUTCOMES, migrations.RunSQL.noop),
                migrations.AddConstraint(
                    model_name="need",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("outcome", "")),
                            models.Q(models.Q(("outcome", ""), _negated=True), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="need_outcome_is_the_answers",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="need",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "proposed"), ("proposal__isnull", False)),
                            models.Q(models.Q(("outcome", "proposed"), _negated=True), ("proposal__isnull", True)),
                            _connector="OR",
                        ),
                        name="need_proposal_is_named",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="goalvalue",
                    constraint=models.UniqueConstraint(fields=("tenant", "goal", "on"), name="goal_value_once_a_day"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="goalvalue",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_goalvalueevent" ("goal_id", "id", "note", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "said_by_id", "tenant_id", "value") VALUES (NEW."goal_id", NEW."id", NEW."note", NEW."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."said_by_id", NEW."tenant_id", NEW."value"); RETURN NULL;',
                            hash="f2bd1088634757af074289acab6827c53f39b843",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_4f6e6",
                            table="catalog_goalvalue",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="goalvalue",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "catalog_goalvalueevent" ("goal_id", "id", "note", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "said_by_id", "tenant_id", "value") VALUES (NEW."goal_id", NEW."id", NEW."note", NEW."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."said_by_id", NEW."tenant_id", NEW."value"); RETURN NULL;',
                            hash="d04036a303224fc01c3040e8e2541e61e3d98bca",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_bb050",
                            table="catalog_goalvalue",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="goalvalue",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_goalvalueevent" ("goal_id", "id", "note", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "said_by_id", "tenant_id", "value") VALUES (OLD."goal_id", OLD."id", OLD."note", OLD."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."said_by_id", OLD."tenant_id", OLD."value"); RETURN NULL;',
                            hash="2fb21a20f97590028911e0a92544b1bc8890cf30",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f9cd3",
                            table="catalog_goalvalue",
                            when="AFTER",
                        ),
                    ),
                ),
                ProtectTenantTable("goalvalue"),
                ReferWithinTenant("goalvalue"),
                ReferWithinTenant("businessgoal", "parent"),
                ReferWithinTenant("need", "proposal"),
                migrations.RunSQL(KEEP_TREE, "DROP TRIGGER goals_keep_tree ON catalog_businessgoal"),
                KeepHistory("goalvalueevent"),
            ],
        ),
    ]
