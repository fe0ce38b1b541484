import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations, models

import portal.tenancy.fields
import portal.tenancy.scope
from portal.tenancy.operations import CreateTables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        # Word similarity for the search of services, and times kept apart: both are trusted extensions, so that the
        # owner of the database may add them.
        TrigramExtension(),
        BtreeGistExtension(),
        CreateTables(
            [
                migrations.CreateModel(
                    name="BusinessGoal",
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
                        ("name", models.CharField(max_length=200)),
                        ("short_name", models.CharField(max_length=60)),
                        ("due_on", models.DateField(blank=True, null=True)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "business_unit",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="goals",
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
                    ],
                ),
                migrations.CreateModel(
                    name="BusinessGoalEvent",
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
                        ("name", models.CharField(max_length=200)),
                        ("short_name", models.CharField(max_length=60)),
                        ("due_on", models.DateField(blank=True, null=True)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
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
                                to="catalog.businessgoal",
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
                    name="Component",
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
                        ("name", models.CharField(max_length=200)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("people", "People"),
                                    ("it", "IT"),
                                    ("supplier", "Suppliers"),
                                    ("asset", "Assets"),
                                    ("information", "Information"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "note",
                            models.CharField(
                                blank=True,
                                help_text="Who keeps it or under which contract, for example “Kept by Finance”.",
                                max_length=200,
                            ),
                        ),
                        (
                            "design_availability",
                            models.DecimalField(
                                blank=True,
                                decimal_places=5,
                                help_text="Percent that its design or contract supports.",
                                max_digits=8,
                                null=True,
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
                    name="ComponentEvent",
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
                        ("name", models.CharField(max_length=200)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("people", "People"),
                                    ("it", "IT"),
                                    ("supplier", "Suppliers"),
                                    ("asset", "Assets"),
                                    ("information", "Information"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "note",
                            models.CharField(
                                blank=True,
                                help_text="Who keeps it or under which contract, for example “Kept by Finance”.",
                                max_length=200,
                            ),
                        ),
                        (
                            "design_availability",
                            models.DecimalField(
                                blank=True,
                                decimal_places=5,
                                help_text="Percent that its design or contract supports.",
                                max_digits=8,
                                null=True,
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="catalog.component",
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
                    name="ContributionLink",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("how", models.CharField(blank=True, max_length=300)),
                        (
                            "goal",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="contributions",
                                to="catalog.businessgoal",
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
                    name="DependencyGroup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        ("needed", models.PositiveSmallIntegerField(default=1)),
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
                    name="Dependency",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "requirement",
                            models.CharField(
                                choices=[
                                    ("needed", "Needed"),
                                    ("alternative", "One of several"),
                                    ("helps", "Helps, not needed"),
                                ],
                                default="needed",
                                max_length=12,
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=120)),
                        ("first_step", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("last_step", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "component",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="dependencies",
                                to="catalog.component",
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
                            "group",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="dependencies",
                                to="catalog.dependencygroup",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Entitlement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "is_subscribed",
                            models.BooleanField(
                                default=True, help_text="The unit has this level; otherwise it may ask for it."
                            ),
                        ),
                        (
                            "level_words",
                            models.CharField(
                                blank=True,
                                help_text="Said in place of the offering's name, for example “6 days a month”.",
                                max_length=120,
                            ),
                        ),
                        (
                            "covered_words",
                            models.CharField(
                                blank=True,
                                help_text="Who is covered, for example “All 64 order desk people”.",
                                max_length=200,
                            ),
                        ),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField(blank=True, null=True)),
                        (
                            "business_unit",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entitlements",
                                to="accounts.businessunit",
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
                    name="LineOfService",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
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
                    name="LineOfServiceEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("name", models.CharField(max_length=120)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="catalog.lineofservice",
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
                    name="ProcessStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField()),
                        ("name", models.CharField(max_length=120)),
                        ("note", models.CharField(blank=True, max_length=120)),
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
                    name="Service",
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
                        ("name", models.CharField(max_length=200)),
                        (
                            "description",
                            models.TextField(
                                help_text="What people can do with it, in one plain sentence.", max_length=2000
                            ),
                        ),
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
                                verbose_name="kind of service",
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[("pipeline", "Pipeline"), ("catalogue", "Catalogue"), ("retired", "Retired")],
                                default="pipeline",
                                max_length=10,
                            ),
                        ),
                        ("used_by", models.CharField(blank=True, max_length=200, verbose_name="who uses it")),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "business_owner",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.membership",
                            ),
                        ),
                        (
                            "it_owner",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.membership",
                                verbose_name="service owner",
                            ),
                        ),
                        (
                            "line_of_service",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="services",
                                to="catalog.lineofservice",
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
                    name="ProcessStepEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("position", models.PositiveSmallIntegerField()),
                        ("name", models.CharField(max_length=120)),
                        ("note", models.CharField(blank=True, max_length=120)),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="catalog.processstep",
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
                            "service",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="catalog.service",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "default_permissions": (),
                    },
                ),
                migrations.AddField(
                    model_name="processstep",
                    name="service",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="catalog.service"
                    ),
                ),
                migrations.CreateModel(
                    name="Need",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField(max_length=2000)),
                        ("raised_at", models.DateTimeField()),
                        ("answer_due_on", models.DateField()),
                        ("answer", models.TextField(blank=True, max_length=2000)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "answered_by",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.membership",
                            ),
                        ),
                        (
                            "business_unit",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="needs",
                                to="accounts.businessunit",
                            ),
                        ),
                        (
                            "raised_by",
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
                            "service",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="needs",
                                to="catalog.service",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="DependencyGroupEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("name", models.CharField(max_length=120)),
                        ("needed", models.PositiveSmallIntegerField(default=1)),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="catalog.dependencygroup",
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
                            "service",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="catalog.service",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "default_permissions": (),
                    },
                ),
                migrations.AddField(
                    model_name="dependencygroup",
                    name="service",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dependency_groups",
                        to="catalog.service",
                    ),
                ),
                migrations.CreateModel(
                    name="DependencyEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "requirement",
                            models.CharField(
                                choices=[
                                    ("needed", "Needed"),
                                    ("alternative", "One of several"),
                                    ("helps", "Helps, not needed"),
                                ],
                                default="needed",
                                max_length=12,
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=120)),
                        ("first_step", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("last_step", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "component",
                            portal.tenancy.fields.TenantForeignKey(
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
                        (
                            "group",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="catalog.dependencygroup",
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
                    ],
                    options={
                        "abstract": False,
                        "default_permissions": (),
                    },
                ),
                migrations.AddField(
                    model_name="dependency",
                    name="service",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="dependencies", to="catalog.service"
                    ),
                ),
                migrations.CreateModel(
                    name="ContributionLinkEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("how", models.CharField(blank=True, max_length=300)),
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
                                to="catalog.contributionlink",
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
                            "service",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="catalog.service",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "default_permissions": (),
                    },
                ),
                migrations.AddField(
                    model_name="contributionlink",
                    name="service",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="contributions", to="catalog.service"
                    ),
                ),
                migrations.CreateModel(
                    name="ServiceEvent",
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
                        ("name", models.CharField(max_length=200)),
                        (
                            "description",
                            models.TextField(
                                help_text="What people can do with it, in one plain sentence.", max_length=2000
                            ),
                        ),
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
                                verbose_name="kind of service",
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[("pipeline", "Pipeline"), ("catalogue", "Catalogue"), ("retired", "Retired")],
                                default="pipeline",
                                max_length=10,
                            ),
                        ),
                        ("used_by", models.CharField(blank=True, max_length=200, verbose_name="who uses it")),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "business_owner",
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
                            "it_owner",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.membership",
                                verbose_name="service owner",
                            ),
                        ),
                        (
                            "line_of_service",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="catalog.lineofservice",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
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
                    name="ServiceOffering",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        ("description", models.CharField(blank=True, max_length=300)),
                        ("price_minor", models.BigIntegerField(blank=True, null=True)),
                        ("price_unit", models.CharField(default="a month", max_length=40)),
                        (
                            "price_words",
                            models.CharField(
                                blank=True,
                                help_text="Said when there is no price, for example “In the base fee”.",
                                max_length=80,
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "service",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="offerings",
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
                    name="EntitlementEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "is_subscribed",
                            models.BooleanField(
                                default=True, help_text="The unit has this level; otherwise it may ask for it."
                            ),
                        ),
                        (
                            "level_words",
                            models.CharField(
                                blank=True,
                                help_text="Said in place of the offering's name, for example “6 days a month”.",
                                max_length=120,
                            ),
                        ),
                        (
                            "covered_words",
                            models.CharField(
                                blank=True,
                                help_text="Who is covered, for example “All 64 order desk people”.",
                                max_length=200,
                            ),
                        ),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField(blank=True, null=True)),
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
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="catalog.entitlement",
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
                            "offering",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="catalog.serviceoffering",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "default_permissions": (),
                    },
                ),
                migrations.AddField(
                    model_name="entitlement",
                    name="offering",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entitlements",
                        to="catalog.serviceoffering",
                    ),
                ),
                migrations.CreateModel(
                    name="ServiceOfferingEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("name", models.CharField(max_length=120)),
                        ("description", models.CharField(blank=True, max_length=300)),
                        ("price_minor", models.BigIntegerField(blank=True, null=True)),
                        ("price_unit", models.CharField(default="a month", max_length=40)),
                        (
                            "price_words",
                            models.CharField(
                                blank=True,
                                help_text="Said when there is no price, for example “In the base fee”.",
                                max_length=80,
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="catalog.serviceoffering",
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
                    name="StageTransition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "from_stage",
                            models.CharField(
                                blank=True,
                                choices=[("pipeline", "Pipeline"), ("catalogue", "Catalogue"), ("retired", "Retired")],
                                max_length=10,
                            ),
                        ),
                        (
                            "to_stage",
                            models.CharField(
                                choices=[("pipeline", "Pipeline"), ("catalogue", "Catalogue"), ("retired", "Retired")],
                                max_length=10,
                            ),
                        ),
                        ("on", models.DateField()),
                        ("reason", models.CharField(max_length=500)),
                        (
                            "decided_by",
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
                                related_name="transitions",
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
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="StageTransitionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "from_stage",
                            models.CharField(
                                blank=True,
                                choices=[("pipeline", "Pipeline"), ("catalogue", "Catalogue"), ("retired", "Retired")],
                                max_length=10,
                            ),
                        ),
                        (
                            "to_stage",
                            models.CharField(
                                choices=[("pipeline", "Pipeline"), ("catalogue", "Catalogue"), ("retired", "Retired")],
                                max_length=10,
                            ),
                        ),
                        ("on", models.DateField()),
                        ("reason", models.CharField(max_length=500)),
                        (
                            "decided_by",
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
                                to="catalog.stagetransition",
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
                    model_name="businessgoal",
                    constraint=models.UniqueConstraint(fields=("tenant", "slug"), name="goal_slug"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="businessgoal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_businessgoalevent" ("business_unit_id", "due_on", "id", "name", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "short_name", "slug", "tenant_id") VALUES (NEW."business_unit_id", NEW."due_on", NEW."id", NEW."name", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."position", NEW."short_name", NEW."slug", NEW."tenant_id"); RETURN NULL;',
                            hash="eb7876b98bdf00ef53810fc35b48f5011f0abe7a",
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
                            func='INSERT INTO "catalog_businessgoalevent" ("business_unit_id", "due_on", "id", "name", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "short_name", "slug", "tenant_id") VALUES (NEW."business_unit_id", NEW."due_on", NEW."id", NEW."name", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."position", NEW."short_name", NEW."slug", NEW."tenant_id"); RETURN NULL;',
                            hash="1b6e8d5b521a7b78b4570f2d948067b17ab1b2ee",
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
                            func='INSERT INTO "catalog_businessgoalevent" ("business_unit_id", "due_on", "id", "name", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "short_name", "slug", "tenant_id") VALUES (OLD."business_unit_id", OLD."due_on", OLD."id", OLD."name", OLD."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."position", OLD."short_name", OLD."slug", OLD."tenant_id"); RETURN NULL;',
                            hash="26e67a023d08b4a87d74f3575c81ff29a6b5266d",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_ad533",
                            table="catalog_businessgoal",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="component",
                    constraint=models.UniqueConstraint(fields=("tenant", "slug"), name="component_slug"),
                ),
                migrations.AddConstraint(
                    model_name="component",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind__in", ["people", "it", "supplier", "asset", "information"])),
                        name="component_kind_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="component",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("design_availability__gte", 0), ("design_availability__lte", 100)),
                        name="component_availability_percent",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="component",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_componentevent" ("design_availability", "id", "kind", "name", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "tenant_id") VALUES (NEW."design_availability", NEW."id", NEW."kind", NEW."name", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."slug", NEW."tenant_id"); RETURN NULL;',
                            hash="11c4ed9e4354bd5f7709efc458592667a7beb854",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3d535",
                            table="catalog_component",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="component",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "catalog_componentevent" ("design_availability", "id", "kind", "name", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "tenant_id") VALUES (NEW."design_availability", NEW."id", NEW."kind", NEW."name", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."slug", NEW."tenant_id"); RETURN NULL;',
                            hash="f96ea85045e67df4bdb3a0d3cdae59f01a71c2b3",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a3518",
                            table="catalog_component",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="component",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_componentevent" ("design_availability", "id", "kind", "name", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "tenant_id") VALUES (OLD."design_availability", OLD."id", OLD."kind", OLD."name", OLD."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."slug", OLD."tenant_id"); RETURN NULL;',
                            hash="d8f869892df961ba468d2b29653f40e1b50cb278",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_07baf",
                            table="catalog_component",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="lineofservice",
                    constraint=models.UniqueConstraint(fields=("tenant", "name"), name="line_of_service_name"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="lineofservice",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_lineofserviceevent" ("id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "tenant_id") VALUES (NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."position", NEW."tenant_id"); RETURN NULL;',
                            hash="b4b10340c40bfcdae46faf36414bdc239141b495",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0b412",
                            table="catalog_lineofservice",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="lineofservice",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "catalog_lineofserviceevent" ("id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "tenant_id") VALUES (NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."position", NEW."tenant_id"); RETURN NULL;',
                            hash="a20e30e70ae5f74a31fb20b6a3701fa55ed5e295",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e3d14",
                            table="catalog_lineofservice",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="lineofservice",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_lineofserviceevent" ("id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "tenant_id") VALUES (OLD."id", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."position", OLD."tenant_id"); RETURN NULL;',
                            hash="afcbb4aaf52fdcd52b0e0a13303fa3a8fbcddf3c",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_06011",
                            table="catalog_lineofservice",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="service",
                    index=models.Index(fields=["tenant", "stage", "name"], name="service_by_stage"),
                ),
                migrations.AddConstraint(
                    model_name="service",
                    constraint=models.UniqueConstraint(fields=("tenant", "slug"), name="service_slug"),
                ),
                migrations.AddConstraint(
                    model_name="service",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("stage__in", ["pipeline", "catalogue", "retired"])),
                        name="service_stage_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="service",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("service_class__in", ["business", "end_user", "professional", "technical"])
                        ),
                        name="service_class_known",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="service",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_serviceevent" ("business_owner_id", "created_at", "description", "id", "it_owner_id", "line_of_service_id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_class", "slug", "stage", "tenant_id", "used_by") VALUES (NEW."business_owner_id", NEW."created_at", NEW."description", NEW."id", NEW."it_owner_id", NEW."line_of_service_id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."service_class", NEW."slug", NEW."stage", NEW."tenant_id", NEW."used_by"); RETURN NULL;',
                            hash="4ff27ed56091224dc605dcf41817f9baf13696ad",
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
                            func='INSERT INTO "catalog_serviceevent" ("business_owner_id", "created_at", "description", "id", "it_owner_id", "line_of_service_id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_class", "slug", "stage", "tenant_id", "used_by") VALUES (NEW."business_owner_id", NEW."created_at", NEW."description", NEW."id", NEW."it_owner_id", NEW."line_of_service_id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."service_class", NEW."slug", NEW."stage", NEW."tenant_id", NEW."used_by"); RETURN NULL;',
                            hash="607af6cb08d6f0f5145c832c7f1e2d3417706053",
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
                            func='INSERT INTO "catalog_serviceevent" ("business_owner_id", "created_at", "description", "id", "it_owner_id", "line_of_service_id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_class", "slug", "stage", "tenant_id", "used_by") VALUES (OLD."business_owner_id", OLD."created_at", OLD."description", OLD."id", OLD."it_owner_id", OLD."line_of_service_id", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."service_class", OLD."slug", OLD."stage", OLD."tenant_id", OLD."used_by"); RETURN NULL;',
                            hash="173b0495332418bc66d5c552727675c03a18761c",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_ad4ea",
                            table="catalog_service",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="processstep",
                    constraint=models.UniqueConstraint(fields=("tenant", "service", "position"), name="step_position"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="processstep",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_processstepevent" ("id", "name", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "service_id", "tenant_id") VALUES (NEW."id", NEW."name", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."position", NEW."service_id", NEW."tenant_id"); RETURN NULL;',
                            hash="981552d989d167c38e8edbe6c3c41803020d5955",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_159b1",
                            table="catalog_processstep",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="processstep",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "catalog_processstepevent" ("id", "name", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "service_id", "tenant_id") VALUES (NEW."id", NEW."name", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."position", NEW."service_id", NEW."tenant_id"); RETURN NULL;',
                            hash="a261cc26068d74a781cbb9faf995657cde0bd65b",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5cd6f",
                            table="catalog_processstep",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="processstep",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_processstepevent" ("id", "name", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "service_id", "tenant_id") VALUES (OLD."id", OLD."name", OLD."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."position", OLD."service_id", OLD."tenant_id"); RETURN NULL;',
                            hash="34567230f811d5e9473e091b19a373247df9a961",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_6a0dd",
                            table="catalog_processstep",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="need",
                    index=models.Index(fields=["tenant", "business_unit", "-raised_at"], name="need_by_unit"),
                ),
                migrations.AddConstraint(
                    model_name="dependencygroup",
                    constraint=models.UniqueConstraint(
                        fields=("tenant", "service", "name"), name="dependency_group_name"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dependencygroup",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("needed__gte", 1)), name="dependency_group_needs_one"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dependencygroup",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_dependencygroupevent" ("id", "name", "needed", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "tenant_id") VALUES (NEW."id", NEW."name", NEW."needed", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."service_id", NEW."tenant_id"); RETURN NULL;',
                            hash="d2720f323cbe7dea14fc7c97e13b047d584e0877",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_31f09",
                            table="catalog_dependencygroup",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dependencygroup",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "catalog_dependencygroupevent" ("id", "name", "needed", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "tenant_id") VALUES (NEW."id", NEW."name", NEW."needed", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."service_id", NEW."tenant_id"); RETURN NULL;',
                            hash="7de12e43ce113ee927bee0e20fe4561cc7042345",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b88bc",
                            table="catalog_dependencygroup",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dependencygroup",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_dependencygroupevent" ("id", "name", "needed", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "tenant_id") VALUES (OLD."id", OLD."name", OLD."needed", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."service_id", OLD."tenant_id"); RETURN NULL;',
                            hash="37ace582da02d1b48ca2881f5e85f201c47e366c",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_99bac",
                            table="catalog_dependencygroup",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dependency",
                    constraint=models.UniqueConstraint(
                        fields=("tenant", "service", "component"), name="dependency_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dependency",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("requirement__in", ["needed", "alternative", "helps"])),
                        name="dependency_requirement_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dependency",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("group__isnull", False), ("requirement", "alternative")),
                            models.Q(models.Q(("requirement", "alternative"), _negated=True), ("group__isnull", True)),
                            _connector="OR",
                        ),
                        name="dependency_group_of_alternatives",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dependency",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("first_step__isnull", True), ("last_step__isnull", True)),
                            models.Q(
                                ("first_step__gte", 1),
                                ("first_step__isnull", False),
                                ("last_step__gte", models.F("first_step")),
                                ("last_step__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="dependency_steps_in_order",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dependency",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_dependencyevent" ("component_id", "first_step", "group_id", "id", "last_step", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "requirement", "service_id", "tenant_id") VALUES (NEW."component_id", NEW."first_step", NEW."group_id", NEW."id", NEW."last_step", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."position", NEW."requirement", NEW."service_id", NEW."tenant_id"); RETURN NULL;',
                            hash="fbcdecce3d78493c83f76f684f35f79b2a952b9b",
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
                            func='INSERT INTO "catalog_dependencyevent" ("component_id", "first_step", "group_id", "id", "last_step", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "requirement", "service_id", "tenant_id") VALUES (NEW."component_id", NEW."first_step", NEW."group_id", NEW."id", NEW."last_step", NEW."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."position", NEW."requirement", NEW."service_id", NEW."tenant_id"); RETURN NULL;',
                            hash="2666a7e667ab35d1319369174ee662fe305de996",
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
                            func='INSERT INTO "catalog_dependencyevent" ("component_id", "first_step", "group_id", "id", "last_step", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "requirement", "service_id", "tenant_id") VALUES (OLD."component_id", OLD."first_step", OLD."group_id", OLD."id", OLD."last_step", OLD."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."position", OLD."requirement", OLD."service_id", OLD."tenant_id"); RETURN NULL;',
                            hash="671aef4452415c021add5229b95399a97bc5ea86",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_bdbfa",
                            table="catalog_dependency",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contributionlink",
                    constraint=models.UniqueConstraint(fields=("tenant", "goal", "service"), name="contribution_once"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contributionlink",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_contributionlinkevent" ("goal_id", "how", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "tenant_id") VALUES (NEW."goal_id", NEW."how", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."service_id", NEW."tenant_id"); RETURN NULL;',
                            hash="c688b25963b6ded5bee9835049dea621c9b4ddd9",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f2083",
                            table="catalog_contributionlink",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contributionlink",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "catalog_contributionlinkevent" ("goal_id", "how", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "tenant_id") VALUES (NEW."goal_id", NEW."how", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."service_id", NEW."tenant_id"); RETURN NULL;',
                            hash="7239ba0a86f5a0f04c90bddf75571642d630d906",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_3fbf4",
                            table="catalog_contributionlink",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contributionlink",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_contributionlinkevent" ("goal_id", "how", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "tenant_id") VALUES (OLD."goal_id", OLD."how", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."service_id", OLD."tenant_id"); RETURN NULL;',
                            hash="6459123d628199137977d2bb63ca9d7f5945743b",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a7a06",
                            table="catalog_contributionlink",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceoffering",
                    constraint=models.UniqueConstraint(fields=("tenant", "service", "name"), name="offering_name"),
                ),
                migrations.AddConstraint(
                    model_name="serviceoffering",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("price_minor__gte", 0)), name="offering_price_not_negative"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="serviceoffering",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_serviceofferingevent" ("description", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "price_minor", "price_unit", "price_words", "service_id", "tenant_id") VALUES (NEW."description", NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."position", NEW."price_minor", NEW."price_unit", NEW."price_words", NEW."service_id", NEW."tenant_id"); RETURN NULL;',
                            hash="289897dfa4159f94742321d30a27dd1c3341bb25",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_5e2f5",
                            table="catalog_serviceoffering",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="serviceoffering",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "catalog_serviceofferingevent" ("description", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "price_minor", "price_unit", "price_words", "service_id", "tenant_id") VALUES (NEW."description", NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."position", NEW."price_minor", NEW."price_unit", NEW."price_words", NEW."service_id", NEW."tenant_id"); RETURN NULL;',
                            hash="6e00ae87697acc0c0695c55274036f3211716e23",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6ac3a",
                            table="catalog_serviceoffering",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="serviceoffering",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_serviceofferingevent" ("description", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "price_minor", "price_unit", "price_words", "service_id", "tenant_id") VALUES (OLD."description", OLD."id", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."position", OLD."price_minor", OLD."price_unit", OLD."price_words", OLD."service_id", OLD."tenant_id"); RETURN NULL;',
                            hash="e831eb9698c1717d03fc50e8b86cb60cd50d912d",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_cd6d5",
                            table="catalog_serviceoffering",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="entitlement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gt", models.F("starts_on")), _connector="OR"
                        ),
                        name="entitlement_ends_after_start",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="entitlement",
                    constraint=models.UniqueConstraint(
                        fields=("tenant", "offering", "business_unit", "starts_on"),
                        name="entitlement_once",
                        nulls_distinct=False,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="entitlement",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("tenant", "="),
                            ("offering", "="),
                            (django.db.models.functions.comparison.Coalesce("business_unit", models.Value(0)), "="),
                            (
                                models.Func(
                                    "starts_on",
                                    "ends_on",
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="entitlement_times_apart",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="entitlement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_entitlementevent" ("business_unit_id", "covered_words", "ends_on", "id", "is_subscribed", "level_words", "offering_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "tenant_id") VALUES (NEW."business_unit_id", NEW."covered_words", NEW."ends_on", NEW."id", NEW."is_subscribed", NEW."level_words", NEW."offering_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."starts_on", NEW."tenant_id"); RETURN NULL;',
                            hash="0b9aa05ed797a0d39ffc5d96ca6d08970f430187",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e6895",
                            table="catalog_entitlement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="entitlement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "catalog_entitlementevent" ("business_unit_id", "covered_words", "ends_on", "id", "is_subscribed", "level_words", "offering_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "tenant_id") VALUES (NEW."business_unit_id", NEW."covered_words", NEW."ends_on", NEW."id", NEW."is_subscribed", NEW."level_words", NEW."offering_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."starts_on", NEW."tenant_id"); RETURN NULL;',
                            hash="81440412b180073fedab059b7000935042c5c8f6",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5bdd7",
                            table="catalog_entitlement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="entitlement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_entitlementevent" ("business_unit_id", "covered_words", "ends_on", "id", "is_subscribed", "level_words", "offering_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "tenant_id") VALUES (OLD."business_unit_id", OLD."covered_words", OLD."ends_on", OLD."id", OLD."is_subscribed", OLD."level_words", OLD."offering_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."starts_on", OLD."tenant_id"); RETURN NULL;',
                            hash="a280796ebed3290488ce93b485cb30a7877ed432",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_392b3",
                            table="catalog_entitlement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="stagetransition",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_stagetransitionevent" ("decided_by_id", "from_stage", "id", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "service_id", "tenant_id", "to_stage") VALUES (NEW."decided_by_id", NEW."from_stage", NEW."id", NEW."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."service_id", NEW."tenant_id", NEW."to_stage"); RETURN NULL;',
                            hash="e7aefa7d6028ec7b340fd3bb8c57be4dafcd4c82",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c131f",
                            table="catalog_stagetransition",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="stagetransition",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "catalog_stagetransitionevent" ("decided_by_id", "from_stage", "id", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "service_id", "tenant_id", "to_stage") VALUES (NEW."decided_by_id", NEW."from_stage", NEW."id", NEW."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."service_id", NEW."tenant_id", NEW."to_stage"); RETURN NULL;',
                            hash="12b5b77e6526fce6b25f3ffe7fb045819340515a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e49d6",
                            table="catalog_stagetransition",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="stagetransition",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "catalog_stagetransitionevent" ("decided_by_id", "from_stage", "id", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "service_id", "tenant_id", "to_stage") VALUES (OLD."decided_by_id", OLD."from_stage", OLD."id", OLD."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason", OLD."service_id", OLD."tenant_id", OLD."to_stage"); RETURN NULL;',
                            hash="c0047573bc1d0e1dd467b7a625c4575ca0d45ec5",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_ae24a",
                            table="catalog_stagetransition",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
    ]
