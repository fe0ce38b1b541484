"""The portfolio is reviewed with votes; a closed review stays as it is."""

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import portal.tenancy.fields
import portal.tenancy.scope
from portal.tenancy.operations import InOneStep, KeepHistory, ProtectTenantTable, ReferWithinTenant, SealWith

KEEP_REVIEW = """
CREATE FUNCTION keep_portfolio_review() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' OR OLD.sealed_in IS NULL OR OLD.sealed_in = this_transaction() THEN
        IF TG_OP = 'DELETE' THEN
            RETURN OLD;
        END IF;
        NEW.sealed_in := CASE WHEN NEW.closed_at IS NULL THEN NULL ELSE this_transaction() END;
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) = to_jsonb(OLD) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Review % of the portfolio was closed: it stays as it is', OLD.number USING ERRCODE = 'restrict_violation';
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("slas", "0017_seals_outlast_a_restore"),
        ("accounts", "0002_tenant_walls"),
        ("catalog", "0008_pipeline_has_steps_and_costs_are_kept"),
        ("reporting", "0016_what_an_hour_costs_is_said_of_a_step"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        InOneStep(
            [
                migrations.CreateModel(
                    name="PortfolioReview",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("held_on", models.DateField()),
                        ("next_on", models.DateField(blank=True, null=True)),
                        ("minutes", models.TextField(blank=True, max_length=8000)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("sealed_in", models.BigIntegerField(blank=True, editable=False, null=True)),
                        (
                            "closed_by",
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
                    ],
                ),
                migrations.CreateModel(
                    name="PortfolioReviewEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("number", models.PositiveIntegerField()),
                        ("held_on", models.DateField()),
                        ("next_on", models.DateField(blank=True, null=True)),
                        ("minutes", models.TextField(blank=True, max_length=8000)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("sealed_in", models.BigIntegerField(blank=True, editable=False, null=True)),
                        (
                            "closed_by",
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
                                to="reporting.portfolioreview",
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
                    name="PortfolioVote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "choice",
                            models.CharField(
                                choices=[
                                    ("keep", "Keep"),
                                    ("invest", "Invest"),
                                    ("change", "Change"),
                                    ("retire", "Retire"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("reason", models.CharField(max_length=500)),
                        ("voted_at", models.DateTimeField()),
                        (
                            "member",
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
                        (
                            "reviewed",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="votes",
                                to="reporting.reviewedservice",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="PortfolioVoter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "member",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
                            ),
                        ),
                        (
                            "review",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="voters",
                                to="reporting.portfolioreview",
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
                    name="PortfolioVoterEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "member",
                            portal.tenancy.fields.TenantForeignKey(
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
                                to="reporting.portfoliovoter",
                            ),
                        ),
                        (
                            "review",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="reporting.portfolioreview",
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
                    name="ReviewedService",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("keep", "Keep"),
                                    ("invest", "Invest"),
                                    ("change", "Change"),
                                    ("retire", "Retire"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("outcome_reason", models.CharField(blank=True, max_length=500)),
                        (
                            "review",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="services",
                                to="reporting.portfolioreview",
                            ),
                        ),
                        (
                            "service",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviewed",
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
                    name="PortfolioVoteEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "choice",
                            models.CharField(
                                choices=[
                                    ("keep", "Keep"),
                                    ("invest", "Invest"),
                                    ("change", "Change"),
                                    ("retire", "Retire"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("reason", models.CharField(max_length=500)),
                        ("voted_at", models.DateTimeField()),
                        (
                            "member",
                            portal.tenancy.fields.TenantForeignKey(
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
                                to="reporting.portfoliovote",
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
                            "reviewed",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="reporting.reviewedservice",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="ReviewedServiceEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("keep", "Keep"),
                                    ("invest", "Invest"),
                                    ("change", "Change"),
                                    ("retire", "Retire"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("outcome_reason", models.CharField(blank=True, max_length=500)),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="reporting.reviewedservice",
                            ),
                        ),
                        (
                            "review",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="reporting.portfolioreview",
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
                migrations.AddConstraint(
                    model_name="portfolioreview",
                    constraint=models.UniqueConstraint(fields=("tenant", "number"), name="portfolio_review_number"),
                ),
                migrations.AddConstraint(
                    model_name="portfolioreview",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=("tenant",),
                        name="portfolio_review_one_open",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="portfolioreview",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("next_on__isnull", True), ("next_on__gt", models.F("held_on")), _connector="OR"
                        ),
                        name="portfolio_review_next_later",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="portfolioreview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_portfolioreviewevent" ("closed_at", "closed_by_id", "held_on", "id", "minutes", "next_on", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_in", "tenant_id") VALUES (NEW."closed_at", NEW."closed_by_id", NEW."held_on", NEW."id", NEW."minutes", NEW."next_on", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."sealed_in", NEW."tenant_id"); RETURN NULL;',
                            hash="f47ffdc2309f720a32e927448a40401c6b70c203",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_5ca0c",
                            table="reporting_portfolioreview",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="portfolioreview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "reporting_portfolioreviewevent" ("closed_at", "closed_by_id", "held_on", "id", "minutes", "next_on", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_in", "tenant_id") VALUES (NEW."closed_at", NEW."closed_by_id", NEW."held_on", NEW."id", NEW."minutes", NEW."next_on", NEW."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."sealed_in", NEW."tenant_id"); RETURN NULL;',
                            hash="2b8729567f94561cdfb52b9e3fdbaab25e4d2f4d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_395d8",
                            table="reporting_portfolioreview",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="portfolioreview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_portfolioreviewevent" ("closed_at", "closed_by_id", "held_on", "id", "minutes", "next_on", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sealed_in", "tenant_id") VALUES (OLD."closed_at", OLD."closed_by_id", OLD."held_on", OLD."id", OLD."minutes", OLD."next_on", OLD."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."sealed_in", OLD."tenant_id"); RETURN NULL;',
                            hash="20dc58a4946441a34b2fcaa198e881df4f87da0f",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e39b3",
                            table="reporting_portfolioreview",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="portfoliovoter",
                    constraint=models.UniqueConstraint(
                        fields=("tenant", "review", "member"), name="portfolio_voter_once"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="portfoliovoter",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_portfoliovoterevent" ("id", "member_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_id", "tenant_id") VALUES (NEW."id", NEW."member_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."review_id", NEW."tenant_id"); RETURN NULL;',
                            hash="abf159bbfdb667946d133bca71a6ac83a670ddf8",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_be1b1",
                            table="reporting_portfoliovoter",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="portfoliovoter",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "reporting_portfoliovoterevent" ("id", "member_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_id", "tenant_id") VALUES (NEW."id", NEW."member_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."review_id", NEW."tenant_id"); RETURN NULL;',
                            hash="34dc30d794a628e95ee9094c6fa4229744e8ab55",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f59f9",
                            table="reporting_portfoliovoter",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="portfoliovoter",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_portfoliovoterevent" ("id", "member_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_id", "tenant_id") VALUES (OLD."id", OLD."member_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."review_id", OLD."tenant_id"); RETURN NULL;',
                            hash="af277ece3eecf2e54c68ec7bbacc21d15c07658e",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_3862e",
                            table="reporting_portfoliovoter",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reviewedservice",
                    constraint=models.UniqueConstraint(
                        fields=("tenant", "review", "service"), name="reviewed_service_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reviewedservice",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["", "keep", "invest", "change", "retire"])),
                        name="reviewed_outcome_known",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reviewedservice",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_reviewedserviceevent" ("id", "outcome", "outcome_reason", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_id", "service_id", "tenant_id") VALUES (NEW."id", NEW."outcome", NEW."outcome_reason", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."review_id", NEW."service_id", NEW."tenant_id"); RETURN NULL;',
                            hash="6cd93095ee4052a15a01d6e8c4e9de8eff115cb5",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_9fa76",
                            table="reporting_reviewedservice",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reviewedservice",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "reporting_reviewedserviceevent" ("id", "outcome", "outcome_reason", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_id", "service_id", "tenant_id") VALUES (NEW."id", NEW."outcome", NEW."outcome_reason", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."review_id", NEW."service_id", NEW."tenant_id"); RETURN NULL;',
                            hash="1597749ba30444feb6451396065245ab374e7ec0",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_9305c",
                            table="reporting_reviewedservice",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reviewedservice",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_reviewedserviceevent" ("id", "outcome", "outcome_reason", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_id", "service_id", "tenant_id") VALUES (OLD."id", OLD."outcome", OLD."outcome_reason", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."review_id", OLD."service_id", OLD."tenant_id"); RETURN NULL;',
                            hash="eaaf8069fc4adbcd200e4513c11f591c94513945",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e19e9",
                            table="reporting_reviewedservice",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="portfoliovote",
                    constraint=models.UniqueConstraint(
                        fields=("tenant", "reviewed", "member"), name="portfolio_vote_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="portfoliovote",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("choice__in", ["keep", "invest", "change", "retire"])),
                        name="portfolio_vote_known",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="portfoliovote",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_portfoliovoteevent" ("choice", "id", "member_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reviewed_id", "tenant_id", "voted_at") VALUES (NEW."choice", NEW."id", NEW."member_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."reviewed_id", NEW."tenant_id", NEW."voted_at"); RETURN NULL;',
                            hash="ed301ed24e50a8375515113badb8c03b2f4ae18b",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_11abb",
                            table="reporting_portfoliovote",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="portfoliovote",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "reporting_portfoliovoteevent" ("choice", "id", "member_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reviewed_id", "tenant_id", "voted_at") VALUES (NEW."choice", NEW."id", NEW."member_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."reviewed_id", NEW."tenant_id", NEW."voted_at"); RETURN NULL;',
                            hash="2a5c547631f0b207b3b973a5c97807628044fc8e",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c02c5",
                            table="reporting_portfoliovote",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="portfoliovote",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_portfoliovoteevent" ("choice", "id", "member_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reviewed_id", "tenant_id", "voted_at") VALUES (OLD."choice", OLD."id", OLD."member_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason", OLD."reviewed_id", OLD."tenant_id", OLD."voted_at"); RETURN NULL;',
                            hash="d5a83fe045424178f4fcedd57870101227d4a5de",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_32fbc",
                            table="reporting_portfoliovote",
                            when="AFTER",
                        ),
                    ),
                ),
                ProtectTenantTable("portfolioreview"),
                ProtectTenantTable("portfoliovoter"),
                ProtectTenantTable("reviewedservice"),
                ProtectTenantTable("portfoliovote"),
                ReferWithinTenant("portfolioreview"),
                ReferWithinTenant("portfoliovoter"),
                ReferWithinTenant("reviewedservice"),
                ReferWithinTenant("portfoliovote"),
                KeepHistory("portfolioreviewevent"),
                KeepHistory("portfoliovoterevent"),
                KeepHistory("reviewedserviceevent"),
                KeepHistory("portfoliovoteevent"),
                migrations.RunSQL(
                    [
                        KEEP_REVIEW,
                        "CREATE TRIGGER portfolio_review_sealed BEFORE INSERT OR UPDATE OR DELETE ON reporting_portfolioreview FOR EACH ROW EXECUTE FUNCTION keep_portfolio_review()",
                    ]
                ),
                SealWith("portfoliovoter", ["review"]),
                SealWith("reviewedservice", ["review"]),
                SealWith("portfoliovote", ["reviewed", "review"]),
            ]
        )
    ]
