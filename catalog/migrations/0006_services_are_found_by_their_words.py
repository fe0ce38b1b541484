"""The words of each service are kept beside it, whoever writes it, and views of the catalogue are saved.

`keep_words_of` is called by the triggers of all tables that say something about a service.
"""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

import portal.tenancy.fields
import portal.tenancy.scope
from portal.tenancy.operations import InOneStep, ProtectTenantTable, ReferWithinTenant

KEEP_WORDS_OF = """
CREATE FUNCTION keep_words_of(of_tenant bigint, of_service bigint) RETURNS void
LANGUAGE sql SET search_path = public, pg_temp AS $$
    DELETE FROM catalog_serviceword WHERE tenant_id = of_tenant AND service_id = of_service;
    INSERT INTO catalog_serviceword (tenant_id, service_id, word, place)
    SELECT of_tenant, of_service, left(said.word, 60), min(said.place)
    FROM (
        SELECT text.place, regexp_split_to_table(lower(text.words), '[^[:alnum:]]+') AS word
        FROM catalog_service AS service,
             LATERAL (VALUES (1, service.name), (1, service.reference), (3, service.used_by), (4, service.description))
                 AS text (place, words)
        WHERE service.tenant_id = of_tenant AND service.id = of_service
    ) AS said
    WHERE length(said.word) > 1
    GROUP BY left(said.word, 60);
$$
"""
KEEP_SERVICE_WORDS = """
CREATE FUNCTION keep_service_words() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM keep_words_of(NEW.tenant_id, NEW.id);
    RETURN NULL;
END
$$
"""
WHEN_A_SERVICE_IS_WRITTEN = """
CREATE TRIGGER catalog_service_words AFTER INSERT OR UPDATE OF name, reference, used_by, description ON catalog_service
FOR EACH ROW EXECUTE FUNCTION keep_service_words()
"""
TABLES = ("catalog_service", "catalog_serviceword")
# The row policies stand aside for an owner who cannot pass them.
WORDS_SO_FAR = (
    "SET CONSTRAINTS ALL IMMEDIATE",
    *(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY" for table in TABLES),
    "SELECT keep_words_of(tenant_id, id) FROM catalog_service",
    *(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY" for table in TABLES),
)


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("accounts", "0002_tenant_walls"),
        ("catalog", "0005_services_stand_on_services"),
        ("tenancy", "0001_initial"),
    ]

    operations: ClassVar = [
        InOneStep(
            [
                migrations.CreateModel(
                    name="SavedView",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=60)),
                        ("address", models.CharField(max_length=1000)),
                        ("is_shared", models.BooleanField(default=False, verbose_name="shared with your side")),
                        (
                            "owner",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="saved_views",
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
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("tenant", "owner", "name"), name="saved_view_name")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ServiceWord",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("word", models.CharField(max_length=60)),
                        (
                            "place",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "Name"), (2, "Also called"), (3, "Who uses it"), (4, "Description")]
                            ),
                        ),
                        (
                            "service",
                            portal.tenancy.fields.TenantForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="words",
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
                    options={
                        "indexes": [models.Index(fields=["tenant", "service"], name="service_word_by_service")],
                        "constraints": [
                            models.UniqueConstraint(fields=("tenant", "word", "service"), name="service_word_once")
                        ],
                    },
                ),
                ProtectTenantTable("savedview"),
                ProtectTenantTable("serviceword"),
                ReferWithinTenant("savedview"),
                ReferWithinTenant("serviceword"),
                migrations.RunSQL(
                    [KEEP_WORDS_OF, KEEP_SERVICE_WORDS, WHEN_A_SERVICE_IS_WRITTEN, *WORDS_SO_FAR],
                    [
                        "DROP TRIGGER catalog_service_words ON catalog_service",
                        "DROP FUNCTION keep_service_words()",
                        "DROP FUNCTION keep_words_of(bigint, bigint)",
                    ],
                ),
            ]
        )
    ]
