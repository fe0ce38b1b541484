"""What the catalogue says of a service is drafted, approved and published in versions; services leave on a planned day.

What is in the catalogue already is published as version 1. What a service is also called is found too, once published.
"""

from typing import ClassVar

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import portal.tenancy.fields
import portal.tenancy.scope
from portal.tenancy.operations import InOneStep, ProtectTenantTable, ReferWithinTenant

KEEP_WORDS_OF = """
CREATE OR REPLACE FUNCTION keep_words_of(of_tenant bigint, of_service bigint) RETURNS void
LANGUAGE sql SET search_path = public, pg_temp AS $$
    DELETE FROM catalog_serviceword WHERE tenant_id = of_tenant AND service_id = of_service;
    INSERT INTO catalog_serviceword (tenant_id, service_id, word, place)
    SELECT of_tenant, of_service, left(said.word, 60), min(said.place)
    FROM (
        SELECT text.place, regexp_split_to_table(lower(text.words), '[^[:alnum:]]+') AS word
        FROM catalog_service AS service
        LEFT JOIN LATERAL (
            SELECT version.also_called FROM catalog_entryversion AS version
            WHERE version.tenant_id = of_tenant AND version.service_id = of_service AND version.state = 'published'
            ORDER BY version.number DESC LIMIT 1
        ) AS entry ON true,
        LATERAL (
            VALUES (1, service.name), (1, service.reference), (2, entry.also_called), (3, service.used_by),
                   (4, service.description)
        ) AS text (place, words)
        WHERE service.tenant_id = of_tenant AND service.id = of_service
    ) AS said
    WHERE length(said.word) > 1
    GROUP BY left(said.word, 60);
$$
"""
KEEP_ENTRY_WORDS = """
CREATE FUNCTION keep_entry_words() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM keep_words_of(NEW.tenant_id, NEW.service_id);
    RETURN NULL;
END
$$
"""
WHEN_AN_ENTRY_IS_PUBLISHED = """
CREATE TRIGGER catalog_entryversion_words AFTER INSERT OR UPDATE OF state ON catalog_entryversion
FOR EACH ROW WHEN (NEW.state = 'published') EXECUTE FUNCTION keep_entry_words()
"""
FIRST_VERSIONS = """
INSERT INTO catalog_entryversion (
    tenant_id, service_id, number, state, revision, name, description, used_by, hours_words, how_to_ask, price_words,
    also_called, busy_times, help_words, delivered, accepted_how, effort_words, builds_on_it, written_at, published_at,
    words_reason, words_found)
SELECT tenant_id, id, 1, 'published', 1, name, description, used_by, '', '', '', '', '', '', '', '', '', '', now(), now(),
       '', ''
FROM catalog_service WHERE stage = 'catalogue'
"""
TABLES = ("catalog_service", "catalog_serviceword", "catalog_entryversion")
# The row policies stand aside for an owner who cannot pass them.
VERSIONS_SO_FAR = (
    "SET CONSTRAINTS ALL IMMEDIATE",
    *(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY" for table in TABLES),
    FIRST_VERSIONS,
    *(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY" for table in TABLES),
)


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("accounts", "0002_tenant_walls"),
        ("catalog", "0009_goals_stand_under_goals"),
        ("tenancy", "0001_initial"),
    ]

    operations: ClassVar = [
        InOneStep(
            [
                migrations.CreateModel(
                    name="PlannedRetirement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("on", models.DateField()),
                        ("reason", models.CharField(max_length=500)),
                        ("planned_at", models.DateTimeField()),
                        ("done_at", models.DateTimeField(blank=True, null=True)),
                        ("refused", models.CharField(blank=True, max_length=500)),
                        (
                            "planned_by",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
                            ),
                        ),
                        (
                            "service",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="planned_retirements",
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
                    name="EntryVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "Draft"), ("approved", "Approved"), ("published", "Published")],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("name", models.CharField(max_length=200)),
                        ("description", models.TextField(max_length=2000)),
                        ("used_by", models.CharField(blank=True, max_length=200, verbose_name="who may use it")),
                        ("hours_words", models.CharField(blank=True, max_length=200, verbose_name="hours")),
                        ("how_to_ask", models.CharField(blank=True, max_length=500)),
                        ("price_words", models.CharField(blank=True, max_length=200, verbose_name="what it costs")),
                        ("also_called", models.CharField(blank=True, max_length=300)),
                        (
                            "busy_times",
                            models.CharField(blank=True, max_length=300, verbose_name="when it matters most"),
                        ),
                        ("help_words", models.CharField(blank=True, max_length=300, verbose_name="who helps")),
                        ("delivered", models.CharField(blank=True, max_length=500, verbose_name="what you get")),
                        (
                            "accepted_how",
                            models.CharField(blank=True, max_length=500, verbose_name="how it is accepted"),
                        ),
                        (
                            "effort_words",
                            models.CharField(blank=True, max_length=200, verbose_name="how much work is agreed"),
                        ),
                        (
                            "working_days",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="working days until it begins"
                            ),
                        ),
                        (
                            "builds_on_it",
                            models.CharField(blank=True, max_length=300, verbose_name="what builds on it"),
                        ),
                        ("written_at", models.DateTimeField()),
                        ("approved_at", models.DateTimeField(blank=True, null=True)),
                        ("publish_on", models.DateField(blank=True, null=True)),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                        ("words_reason", models.CharField(blank=True, max_length=500)),
                        ("words_found", models.CharField(blank=True, max_length=500)),
                        (
                            "approved_by",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.membership",
                            ),
                        ),
                        (
                            "published_by",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.membership",
                            ),
                        ),
                        (
                            "service",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="entry_versions",
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
                        (
                            "written_by",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.membership",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("tenant", "service", "number"), name="entry_version_number"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["draft", "approved"])),
                                fields=("tenant", "service"),
                                name="entry_version_one_open",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["draft", "approved", "published"])),
                                name="entry_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approved_by__isnull", True),
                                    models.Q(("approved_by", models.F("written_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="entry_approved_by_another",
                            ),
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="entryversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="published_is_frozen",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.\"state\" = 'published')",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="b0c1f32aa24c5888515345ed9d74d2b6909c6cd8",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_published_is_frozen_af897",
                            table="catalog_entryversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="plannedretirement",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("done_at__isnull", True)),
                        fields=("tenant", "service"),
                        name="retirement_planned_once",
                    ),
                ),
                ProtectTenantTable("plannedretirement"),
                ProtectTenantTable("entryversion"),
                ReferWithinTenant("plannedretirement"),
                ReferWithinTenant("entryversion"),
                migrations.RunSQL(
                    [KEEP_WORDS_OF, *VERSIONS_SO_FAR, KEEP_ENTRY_WORDS, WHEN_AN_ENTRY_IS_PUBLISHED],
                    [
                        "DROP TRIGGER catalog_entryversion_words ON catalog_entryversion",
                        "DROP FUNCTION keep_entry_words()",
                    ],
                ),
            ]
        )
    ]
