"""Services stand on other services, never on themselves, and their parts hand over to each other."""

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import portal.tenancy.fields
import portal.tenancy.scope
from portal.tenancy.operations import InOneStep, KeepHistory, ProtectTenantTable, ReferWithinTenant

# Who writes waits for whoever writes at the same time, so that two cannot close a circle together.
NEVER_ON_ITSELF = """
CREATE FUNCTION refuse_standing_on_itself() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('what services stand on', NEW.tenant_id));
    IF NEW.service_id IN (
        WITH RECURSIVE below AS (
            SELECT NEW.on_service_id AS id
            UNION
            SELECT part.on_service_id
              FROM below JOIN catalog_dependency AS part ON part.service_id = below.id
             WHERE part.tenant_id = NEW.tenant_id AND part.on_service_id IS NOT NULL AND part.id <> NEW.id
        )
        SELECT id FROM below
    ) THEN
        RAISE EXCEPTION 'Service % would stand on itself', NEW.service_id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$
"""
HELD = """
CREATE TRIGGER catalog_dependency_never_on_itself BEFORE INSERT OR UPDATE OF service_id, on_service_id
    ON catalog_dependency FOR EACH ROW WHEN (NEW.on_service_id IS NOT NULL) EXECUTE FUNCTION refuse_standing_on_itself()
"""


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0004_services_come_from_tables"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        InOneStep(
            [
                migrations.CreateModel(
                    name="HandOver",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("note", models.CharField(max_length=120, verbose_name="what is handed over")),
                        (
                            "within_minutes",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="how long it may take, in minutes"
                            ),
                        ),
                        (
                            "giver",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="hands_over",
                                to="catalog.dependency",
                            ),
                        ),
                        (
                            "receiver",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="takes_over",
                                to="catalog.dependency",
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
                    name="HandOverEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("note", models.CharField(max_length=120, verbose_name="what is handed over")),
                        (
                            "within_minutes",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="how long it may take, in minutes"
                            ),
                        ),
                        (
                            "giver",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="catalog.dependency",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="catalog.handover",
                            ),
                        ),
                        (
                            "receiver",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="catalog.dependency",
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
                    model_name="dependency",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="dependency",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="dependency",
                    name="delete_delete",
                ),
                migrations.AddField(
                    model_name="dependency",
                    name="on_service",
                    field=portal.tenancy.fields.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="carries",
                        to="catalog.service",
                    ),
                ),
                migrations.AddField(
                    model_name="dependencyevent",
                    name="on_service",
                    field=portal.tenancy.fields.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="catalog.service",
                    ),
                ),
                migrations.AlterField(
                    model_name="dependency",
                    name="component",
                    field=portal.tenancy.fields.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dependencies",
                        to="catalog.component",
                    ),
                ),
                migrations.AlterField(
                    model_name="dependencyevent",
                    name="component",
                    field=portal.tenancy.fields.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="catalog.component",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dependency",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_dependencyevent" ("component_id", "first_step", "group_id", "id", "last_step", "note", "on_service_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "requirement", "service_id", "tenant_id") VALUES (NEW."component_id", NEW."first_step", NEW."group_id", NEW."id", NEW."last_step", NEW."note", NEW."on_service_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."position", NEW."requirement", NEW."service_id", NEW."tenant_id"); RETURN NULL;',
                            hash="c862a9d5f362507e46ab8ff2a22ca9722ad973bc",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_4517b",
                            table="catalog_dependency",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dependency",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "catalog_dependencyevent" ("component_id", "first_step", "group_id", "id", "last_step", "note", "on_service_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "requirement", "service_id", "tenant_id") VALUES (NEW."component_id", NEW."first_step", NEW."group_id", NEW."id", NEW."last_step", NEW."note", NEW."on_service_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."position", NEW."requirement", NEW."service_id", NEW."tenant_id"); RETURN NULL;',
                            hash="aa774a4394f35b50abc5122a6a118c2c50b61c48",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ce7d3",
                            table="catalog_dependency",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dependency",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_dependencyevent" ("component_id", "first_step", "group_id", "id", "last_step", "note", "on_service_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "requirement", "service_id", "tenant_id") VALUES (OLD."component_id", OLD."first_step", OLD."group_id", OLD."id", OLD."last_step", OLD."note", OLD."on_service_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."position", OLD."requirement", OLD."service_id", OLD."tenant_id"); RETURN NULL;',
                            hash="898aa7bce2f35cd852605092fda1564edc9c03f1",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_bdbfa",
                            table="catalog_dependency",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dependency",
                    constraint=models.UniqueConstraint(
                        fields=("tenant", "service", "on_service"), name="dependency_on_service_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dependency",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("component__isnull", True), ("on_service__isnull", True), _connector="XOR"),
                        name="dependency_on_one_thing",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="handover",
                    constraint=models.UniqueConstraint(
                        fields=("tenant", "giver", "receiver"), name="hand_over_once", nulls_distinct=False
                    ),
                ),
                migrations.AddConstraint(
                    model_name="handover",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("receiver__isnull", True),
                            models.Q(("receiver", models.F("giver")), _negated=True),
                            _connector="OR",
                        ),
                        name="hand_over_to_another",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="handover",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("within_minutes__isnull", True), ("within_minutes__gte", 1), _connector="OR"
                        ),
                        name="hand_over_takes_time",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="handover",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_handoverevent" ("giver_id", "id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "receiver_id", "tenant_id", "within_minutes") VALUES (NEW."giver_id", NEW."id", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."receiver_id", NEW."tenant_id", NEW."within_minutes"); RETURN NULL;',
                            hash="155fcadb21fee7e51a030c33f70f51392fbf295a",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d25cb",
                            table="catalog_handover",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="handover",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "catalog_handoverevent" ("giver_id", "id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "receiver_id", "tenant_id", "within_minutes") VALUES (NEW."giver_id", NEW."id", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."receiver_id", NEW."tenant_id", NEW."within_minutes"); RETURN NULL;',
                            hash="e11e27458db7f013498304548e2b495db51bb567",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ec580",
                            table="catalog_handover",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="handover",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_handoverevent" ("giver_id", "id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "receiver_id", "tenant_id", "within_minutes") VALUES (OLD."giver_id", OLD."id", OLD."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."receiver_id", OLD."tenant_id", OLD."within_minutes"); RETURN NULL;',
                            hash="31f952b2171f2bf940dce66a4d3d18ac0584b4f9",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_0826b",
                            table="catalog_handover",
                            when="AFTER",
                        ),
                    ),
                ),
                ProtectTenantTable("handover"),
                ReferWithinTenant("handover"),
                ReferWithinTenant("dependency", "on_service"),
                KeepHistory("handoverevent"),
                migrations.RunSQL(NEVER_ON_ITSELF, "DROP FUNCTION refuse_standing_on_itself() CASCADE"),
                migrations.RunSQL(HELD, migrations.RunSQL.noop),
            ]
        )
    ]
