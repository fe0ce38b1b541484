"""Services come from any table, each with its own number, and are sorted in ways of the tenant's own."""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
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
        ("catalog", "0003_words_are_kept_in_a_glossary"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        InOneStep(
            [
                migrations.CreateModel(
                    name="Taxonomy",
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
                    name="TaxonomyEvent",
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
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="catalog.taxonomy",
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
                    name="Category",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
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
                            "taxonomy",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="categories",
                                to="catalog.taxonomy",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="CategoryEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("name", models.CharField(max_length=200)),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="catalog.category",
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
                            "taxonomy",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="catalog.taxonomy",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="ServiceCategory",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "category",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="services",
                                to="catalog.category",
                            ),
                        ),
                        (
                            "service",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="categories",
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
                    name="ServiceCategoryEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "category",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="catalog.category",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="catalog.servicecategory",
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
                    name="ServiceImport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("file_name", models.CharField(max_length=200)),
                        ("content", models.BinaryField(default=b"")),
                        ("sha256", models.CharField(max_length=64)),
                        ("uses", models.JSONField(default=dict)),
                        (
                            "service_class",
                            models.CharField(
                                choices=[
                                    ("business", "Business"),
                                    ("end_user", "End-user"),
                                    ("professional", "Professional"),
                                    ("technical", "Technical"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[("pipeline", "Pipeline"), ("catalogue", "Catalogue"), ("retired", "Retired")],
                                max_length=10,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("checked", "Being looked at"), ("done", "Written"), ("undone", "Taken back")],
                                default="checked",
                                max_length=8,
                            ),
                        ),
                        ("brought_at", models.DateTimeField()),
                        ("outcome", models.JSONField(default=dict)),
                        ("undone_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "brought_by",
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
                            "undone_by",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.membership",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ImportedService",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("before", models.JSONField(blank=True, null=True)),
                        ("after", models.JSONField()),
                        (
                            "service",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalog.service"
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
                            "service_import",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="services",
                                to="catalog.serviceimport",
                            ),
                        ),
                    ],
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
                    name="reference",
                    field=models.CharField(
                        blank=True,
                        help_text="What it is called in another list, for example “SRV00669”.",
                        max_length=60,
                        verbose_name="own number",
                    ),
                ),
                migrations.AddField(
                    model_name="serviceevent",
                    name="reference",
                    field=models.CharField(
                        blank=True,
                        help_text="What it is called in another list, for example “SRV00669”.",
                        max_length=60,
                        verbose_name="own number",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="service",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_serviceevent" ("business_owner_id", "created_at", "description", "id", "it_owner_id", "line_of_service_id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "service_class", "slug", "stage", "tenant_id", "used_by") VALUES (NEW."business_owner_id", NEW."created_at", NEW."description", NEW."id", NEW."it_owner_id", NEW."line_of_service_id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reference", NEW."service_class", NEW."slug", NEW."stage", NEW."tenant_id", NEW."used_by"); RETURN NULL;',
                            hash="6d2a28ab2899374a9afdacdbbd7d839597339cb5",
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
                            func='INSERT INTO "catalog_serviceevent" ("business_owner_id", "created_at", "description", "id", "it_owner_id", "line_of_service_id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "service_class", "slug", "stage", "tenant_id", "used_by") VALUES (NEW."business_owner_id", NEW."created_at", NEW."description", NEW."id", NEW."it_owner_id", NEW."line_of_service_id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reference", NEW."service_class", NEW."slug", NEW."stage", NEW."tenant_id", NEW."used_by"); RETURN NULL;',
                            hash="6bb5399c417b54e3efcf722ef6c33eaff4158f79",
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
                            func='INSERT INTO "catalog_serviceevent" ("business_owner_id", "created_at", "description", "id", "it_owner_id", "line_of_service_id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "service_class", "slug", "stage", "tenant_id", "used_by") VALUES (OLD."business_owner_id", OLD."created_at", OLD."description", OLD."id", OLD."it_owner_id", OLD."line_of_service_id", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reference", OLD."service_class", OLD."slug", OLD."stage", OLD."tenant_id", OLD."used_by"); RETURN NULL;',
                            hash="4d9f6c9b46fd924eb828948d21436d3b9c3a3dee",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_ad4ea",
                            table="catalog_service",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="service",
                    constraint=models.UniqueConstraint(
                        models.F("tenant"),
                        django.db.models.functions.text.Upper("reference"),
                        condition=models.Q(("reference", ""), _negated=True),
                        name="service_reference",
                    ),
                ),
                migrations.AddIndex(
                    model_name="servicecategory",
                    index=models.Index(fields=["tenant", "category", "service"], name="service_by_category"),
                ),
                migrations.AddConstraint(
                    model_name="servicecategory",
                    constraint=models.UniqueConstraint(
                        fields=("tenant", "service", "category"), name="service_category_once"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicecategory",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_servicecategoryevent" ("category_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "tenant_id") VALUES (NEW."category_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."service_id", NEW."tenant_id"); RETURN NULL;',
                            hash="a6297e280682ae78e23cf3d1ec20c524c6ca6b92",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_22048",
                            table="catalog_servicecategory",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicecategory",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "catalog_servicecategoryevent" ("category_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "tenant_id") VALUES (NEW."category_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."service_id", NEW."tenant_id"); RETURN NULL;',
                            hash="3d3fd1718c495206080a94e07a200c8e19f5ee0b",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_4e3d2",
                            table="catalog_servicecategory",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicecategory",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_servicecategoryevent" ("category_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "tenant_id") VALUES (OLD."category_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."service_id", OLD."tenant_id"); RETURN NULL;',
                            hash="6dd53545e4a0a8e146beef5a790391aeae65962d",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a8376",
                            table="catalog_servicecategory",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="serviceimport",
                    index=models.Index(fields=["tenant", "-brought_at"], name="service_import_by_time"),
                ),
                migrations.AddConstraint(
                    model_name="serviceimport",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ["checked", "done", "undone"])),
                        name="service_import_state_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceimport",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("stage__in", ["pipeline", "catalogue"])), name="service_import_stage_alive"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceimport",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "undone"), ("undone_at__isnull", False)),
                            models.Q(models.Q(("state", "undone"), _negated=True), ("undone_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="service_import_undone_when",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="importedservice",
                    constraint=models.UniqueConstraint(
                        fields=("tenant", "service_import", "service"), name="imported_service_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="taxonomy",
                    constraint=models.UniqueConstraint(fields=("tenant", "slug"), name="taxonomy_slug"),
                ),
                migrations.AddConstraint(
                    model_name="taxonomy",
                    constraint=models.UniqueConstraint(fields=("tenant", "name"), name="taxonomy_name"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="taxonomy",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_taxonomyevent" ("id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "tenant_id") VALUES (NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."slug", NEW."tenant_id"); RETURN NULL;',
                            hash="280aac497f27e18b3baa5064db1077122597cfd8",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_40820",
                            table="catalog_taxonomy",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="taxonomy",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "catalog_taxonomyevent" ("id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "tenant_id") VALUES (NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."slug", NEW."tenant_id"); RETURN NULL;',
                            hash="6c050dc38929d7b0322a4a1a74d7f597b8ede0d5",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5ac04",
                            table="catalog_taxonomy",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="taxonomy",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_taxonomyevent" ("id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "tenant_id") VALUES (OLD."id", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."slug", OLD."tenant_id"); RETURN NULL;',
                            hash="a7cf06f43df2840d80c801831f17dc112d5c3838",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_3b929",
                            table="catalog_taxonomy",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="category",
                    constraint=models.UniqueConstraint(fields=("tenant", "taxonomy", "name"), name="category_name"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="category",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_categoryevent" ("id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "taxonomy_id", "tenant_id") VALUES (NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."taxonomy_id", NEW."tenant_id"); RETURN NULL;',
                            hash="2d604a3f1cf0a5211940b08863f4fc573ed0f3c8",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_450cc",
                            table="catalog_category",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="category",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "catalog_categoryevent" ("id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "taxonomy_id", "tenant_id") VALUES (NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."taxonomy_id", NEW."tenant_id"); RETURN NULL;',
                            hash="508d1617561e3d5cf3faec0f7a88abbd77203e2d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_8b940",
                            table="catalog_category",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="category",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_categoryevent" ("id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "taxonomy_id", "tenant_id") VALUES (OLD."id", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."taxonomy_id", OLD."tenant_id"); RETURN NULL;',
                            hash="9730cb6cbf4988d74835fb0db1ddd62ac4d2b796",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_5b72e",
                            table="catalog_category",
                            when="AFTER",
                        ),
                    ),
                ),
                ProtectTenantTable("serviceimport"),
                ProtectTenantTable("importedservice"),
                ProtectTenantTable("taxonomy"),
                ProtectTenantTable("category"),
                ProtectTenantTable("servicecategory"),
                ReferWithinTenant("serviceimport"),
                ReferWithinTenant("importedservice"),
                ReferWithinTenant("category"),
                ReferWithinTenant("servicecategory"),
                KeepHistory("taxonomyevent"),
                KeepHistory("categoryevent"),
                KeepHistory("servicecategoryevent"),
            ]
        )
    ]
