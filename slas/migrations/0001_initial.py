from decimal import Decimal

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import portal.tenancy.fields
import portal.tenancy.scope
import slas.models.thousandths
from portal.tenancy.operations import CreateTables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_tenant_walls"),
        ("catalog", "0002_tenant_walls"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="Agreement",
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
                                    ("sla", "Service level agreement"),
                                    ("ola", "Operational level agreement"),
                                    ("contract", "Underpinning contract"),
                                ],
                                default="sla",
                                max_length=10,
                            ),
                        ),
                        ("version", models.PositiveSmallIntegerField(default=1)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("in_force", "In force"),
                                    ("superseded", "Superseded"),
                                    ("terminated", "Terminated"),
                                ],
                                default="draft",
                                max_length=12,
                            ),
                        ),
                        ("time_zone", models.CharField(max_length=60)),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField(blank=True, null=True)),
                        (
                            "answer_working_days",
                            models.PositiveSmallIntegerField(
                                default=2, help_text="Within how many working days IT answers a question or dispute."
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
                            "underpins",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="underpinned_by",
                                to="slas.agreement",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Acceptance",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        ("role", models.CharField(max_length=120)),
                        ("accepted_at", models.DateTimeField()),
                        ("fingerprint", models.CharField(max_length=64)),
                        ("text", models.JSONField(default=dict)),
                        (
                            "member",
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
                        (
                            "agreement",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="acceptances",
                                to="slas.agreement",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="HoursException",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("on", models.DateField()),
                        ("opens_at", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("closes_at", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("name", models.CharField(blank=True, max_length=120)),
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
                    name="HoursWindow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("weekday", models.PositiveSmallIntegerField()),
                        ("opens_at", models.PositiveSmallIntegerField()),
                        ("closes_at", models.PositiveSmallIntegerField()),
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
                    name="Measure",
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
                            "fact_kind",
                            models.CharField(
                                choices=[
                                    ("outages", "Outages"),
                                    ("checks", "Checks"),
                                    ("cases", "Cases"),
                                    ("occasions", "Occasions"),
                                    ("volumes", "Counted volumes"),
                                    ("surveys", "Survey answers"),
                                    ("readings", "Readings"),
                                ],
                                max_length=10,
                                verbose_name="kind of facts",
                            ),
                        ),
                        ("what", models.TextField(max_length=1000, verbose_name="what is counted")),
                        ("source", models.CharField(max_length=300)),
                        ("decider", models.CharField(max_length=200, verbose_name="who decides")),
                        (
                            "unit_words",
                            models.CharField(
                                blank=True,
                                help_text="For example “orders”.",
                                max_length=60,
                                verbose_name="counted thing, plural",
                            ),
                        ),
                        ("starts_on", models.DateField(blank=True, null=True, verbose_name="measured since")),
                        (
                            "max_gap_seconds",
                            models.PositiveIntegerField(
                                blank=True,
                                help_text="In seconds: so long after a check or reading nothing is known. Empty: silence is not noticed.",
                                null=True,
                                verbose_name="longest silence",
                            ),
                        ),
                        (
                            "notes",
                            models.TextField(
                                blank=True,
                                help_text="Choices that a reader must know, for example the zone of times without one.",
                                max_length=1000,
                            ),
                        ),
                        (
                            "component",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="measures",
                                to="catalog.component",
                            ),
                        ),
                        (
                            "service",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="measures",
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
                    name="FactBatch",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("fact", models.CharField(max_length=10)),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("entered", "Entered"),
                                    ("uploaded", "Uploaded"),
                                    ("pushed", "Pushed"),
                                    ("imported", "Imported"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Checked, not sent"),
                                    ("waiting", "Waits for a second person"),
                                    ("counted", "Counts"),
                                    ("refused", "Refused"),
                                ],
                                default="waiting",
                                max_length=8,
                            ),
                        ),
                        ("file_name", models.CharField(blank=True, max_length=200)),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        ("rows", models.JSONField(default=list)),
                        ("row_count", models.PositiveIntegerField(default=0)),
                        ("outcome", models.JSONField(default=dict)),
                        ("brought_at", models.DateTimeField()),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("decision_reason", models.CharField(blank=True, max_length=500)),
                        (
                            "brought_by",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.membership",
                            ),
                        ),
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
                            "measure",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="batches", to="slas.measure"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="MeasureEvent",
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
                            "fact_kind",
                            models.CharField(
                                choices=[
                                    ("outages", "Outages"),
                                    ("checks", "Checks"),
                                    ("cases", "Cases"),
                                    ("occasions", "Occasions"),
                                    ("volumes", "Counted volumes"),
                                    ("surveys", "Survey answers"),
                                    ("readings", "Readings"),
                                ],
                                max_length=10,
                                verbose_name="kind of facts",
                            ),
                        ),
                        ("what", models.TextField(max_length=1000, verbose_name="what is counted")),
                        ("source", models.CharField(max_length=300)),
                        ("decider", models.CharField(max_length=200, verbose_name="who decides")),
                        (
                            "unit_words",
                            models.CharField(
                                blank=True,
                                help_text="For example “orders”.",
                                max_length=60,
                                verbose_name="counted thing, plural",
                            ),
                        ),
                        ("starts_on", models.DateField(blank=True, null=True, verbose_name="measured since")),
                        (
                            "max_gap_seconds",
                            models.PositiveIntegerField(
                                blank=True,
                                help_text="In seconds: so long after a check or reading nothing is known. Empty: silence is not noticed.",
                                null=True,
                                verbose_name="longest silence",
                            ),
                        ),
                        (
                            "notes",
                            models.TextField(
                                blank=True,
                                help_text="Choices that a reader must know, for example the zone of times without one.",
                                max_length=1000,
                            ),
                        ),
                        (
                            "component",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
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
                                to="slas.measure",
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
                migrations.CreateModel(
                    name="Measurement",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "tenant",
                                "measure_id",
                                "at",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("measure_id", models.BigIntegerField()),
                        ("at", models.DateTimeField()),
                        ("state", models.SmallIntegerField(null=True)),
                        ("response_ms", models.FloatField(null=True)),
                        ("value", slas.models.thousandths.ThousandthsField(null=True)),
                        ("batch_id", models.BigIntegerField(null=True)),
                        (
                            "tenant",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
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
                    name="MeasurementRevision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("measure_id", models.BigIntegerField()),
                        ("fact", models.CharField(max_length=10)),
                        ("key", models.CharField(max_length=140)),
                        ("old", models.JSONField()),
                        ("new", models.JSONField()),
                        ("batch_id", models.BigIntegerField(null=True)),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        ("at", models.DateTimeField()),
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
                    name="MonthClose",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("month", models.DateField()),
                        ("closed_at", models.DateTimeField()),
                        (
                            "business_unit",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.businessunit",
                            ),
                        ),
                        (
                            "closed_by",
                            portal.tenancy.fields.TenantForeignKey(
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
                    name="Obligation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.CharField(max_length=300)),
                        ("short_text", models.CharField(max_length=120)),
                        ("due_on", models.DateField(blank=True, null=True)),
                        ("done_on", models.DateField(blank=True, null=True)),
                        (
                            "agreement",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="obligations",
                                to="slas.agreement",
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
                            "service",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="obligations",
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
                    name="ObligationEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("text", models.CharField(max_length=300)),
                        ("short_text", models.CharField(max_length=120)),
                        ("due_on", models.DateField(blank=True, null=True)),
                        ("done_on", models.DateField(blank=True, null=True)),
                        (
                            "agreement",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="slas.agreement",
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
                                to="slas.obligation",
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
                migrations.CreateModel(
                    name="Occasion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("measure_id", models.BigIntegerField()),
                        ("on", models.DateField()),
                        ("completed_at", models.DateTimeField(null=True)),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("batch_id", models.BigIntegerField(null=True)),
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
                    name="OfferedLevel",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=160)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "threshold",
                            models.DecimalField(
                                blank=True, decimal_places=4, max_digits=8, null=True, verbose_name="percent"
                            ),
                        ),
                        ("within_seconds", models.PositiveIntegerField(blank=True, null=True)),
                        (
                            "words",
                            models.CharField(
                                blank=True,
                                help_text="Said when the level is no percentage, for example “05:00 to 20:00”.",
                                max_length=120,
                            ),
                        ),
                        (
                            "shows_allowed_time",
                            models.BooleanField(
                                default=False, help_text="Say the longest time a month without the service."
                            ),
                        ),
                        (
                            "offering",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="levels",
                                to="catalog.serviceoffering",
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
                    name="OfferedLevelEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("name", models.CharField(max_length=160)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "threshold",
                            models.DecimalField(
                                blank=True, decimal_places=4, max_digits=8, null=True, verbose_name="percent"
                            ),
                        ),
                        ("within_seconds", models.PositiveIntegerField(blank=True, null=True)),
                        (
                            "words",
                            models.CharField(
                                blank=True,
                                help_text="Said when the level is no percentage, for example “05:00 to 20:00”.",
                                max_length=120,
                            ),
                        ),
                        (
                            "shows_allowed_time",
                            models.BooleanField(
                                default=False, help_text="Say the longest time a month without the service."
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
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="slas.offeredlevel",
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
                    name="Outage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("measure_id", models.BigIntegerField()),
                        ("started_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(null=True)),
                        ("is_degraded", models.BooleanField(default=False)),
                        ("what", models.CharField(blank=True, max_length=300)),
                        ("cause", models.CharField(blank=True, max_length=300)),
                        ("component_slug", models.CharField(blank=True, max_length=100)),
                        ("left_out_reason", models.CharField(blank=True, max_length=300)),
                        ("affected_percent", models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                        ("batch_id", models.BigIntegerField(null=True)),
                        (
                            "tenant",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
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
                    name="Party",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("business_unit", "Business unit"),
                                    ("provider", "Provider"),
                                    ("team", "Team"),
                                    ("supplier", "Supplier"),
                                ],
                                max_length=14,
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        (
                            "business_unit",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parties",
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
                    name="AgreementEvent",
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
                                    ("sla", "Service level agreement"),
                                    ("ola", "Operational level agreement"),
                                    ("contract", "Underpinning contract"),
                                ],
                                default="sla",
                                max_length=10,
                            ),
                        ),
                        ("version", models.PositiveSmallIntegerField(default=1)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("in_force", "In force"),
                                    ("superseded", "Superseded"),
                                    ("terminated", "Terminated"),
                                ],
                                default="draft",
                                max_length=12,
                            ),
                        ),
                        ("time_zone", models.CharField(max_length=60)),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField(blank=True, null=True)),
                        (
                            "answer_working_days",
                            models.PositiveSmallIntegerField(
                                default=2, help_text="Within how many working days IT answers a question or dispute."
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="slas.agreement",
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
                            "underpins",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="slas.agreement",
                            ),
                        ),
                        (
                            "customer",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="slas.party",
                            ),
                        ),
                        (
                            "provider",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="slas.party",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "default_permissions": (),
                    },
                ),
                migrations.AddField(
                    model_name="agreement",
                    name="customer",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements_as_customer",
                        to="slas.party",
                    ),
                ),
                migrations.AddField(
                    model_name="agreement",
                    name="provider",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements_as_provider",
                        to="slas.party",
                    ),
                ),
                migrations.CreateModel(
                    name="AcceptanceEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("name", models.CharField(max_length=120)),
                        ("role", models.CharField(max_length=120)),
                        ("accepted_at", models.DateTimeField()),
                        ("fingerprint", models.CharField(max_length=64)),
                        ("text", models.JSONField(default=dict)),
                        (
                            "member",
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
                                to="slas.acceptance",
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
                            "agreement",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="slas.agreement",
                            ),
                        ),
                        (
                            "party",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="slas.party",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "default_permissions": (),
                    },
                ),
                migrations.AddField(
                    model_name="acceptance",
                    name="party",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="slas.party"
                    ),
                ),
                migrations.CreateModel(
                    name="PartyEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("business_unit", "Business unit"),
                                    ("provider", "Provider"),
                                    ("team", "Team"),
                                    ("supplier", "Supplier"),
                                ],
                                max_length=14,
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
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
                                to="slas.party",
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
                    name="PlannedWork",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("planned", "Planned work"),
                                    ("emergency", "Emergency work"),
                                    ("supplier", "Work of a supplier"),
                                ],
                                default="planned",
                                max_length=9,
                            ),
                        ),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        ("announced_at", models.DateTimeField()),
                        ("approved_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("title", models.CharField(max_length=200)),
                        (
                            "announced_by",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.membership",
                            ),
                        ),
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
                            "service",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="planned_work",
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
                    name="PushedRequest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=100)),
                        ("request_hash", models.CharField(max_length=64)),
                        ("status", models.PositiveSmallIntegerField()),
                        ("answer", models.JSONField()),
                        ("received_at", models.DateTimeField()),
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
                            "token",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.apitoken"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ReadingLimit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("measure_id", models.BigIntegerField()),
                        ("value", slas.models.thousandths.ThousandthsField()),
                        ("is_least", models.BooleanField(default=False)),
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
                    name="ServiceHours",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        (
                            "words",
                            models.CharField(
                                help_text="How readers hear it, for example “04:00 to 22:00, every day”.",
                                max_length=160,
                            ),
                        ),
                        ("time_zone", models.CharField(max_length=60)),
                        (
                            "holiday_region",
                            models.CharField(
                                blank=True,
                                help_text="Country or country and part, for example GB-ENG: public holidays are closed.",
                                max_length=20,
                            ),
                        ),
                        ("version", models.PositiveSmallIntegerField(default=1)),
                        ("starts_on", models.DateField(blank=True, null=True)),
                        (
                            "replaces",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced_by",
                                to="slas.servicehours",
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
                    name="HoursWindowEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("weekday", models.PositiveSmallIntegerField()),
                        ("opens_at", models.PositiveSmallIntegerField()),
                        ("closes_at", models.PositiveSmallIntegerField()),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="slas.hourswindow",
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
                            "service_hours",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="slas.servicehours",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "default_permissions": (),
                    },
                ),
                migrations.AddField(
                    model_name="hourswindow",
                    name="service_hours",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="windows", to="slas.servicehours"
                    ),
                ),
                migrations.CreateModel(
                    name="HoursExceptionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("on", models.DateField()),
                        ("opens_at", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("closes_at", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("name", models.CharField(blank=True, max_length=120)),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="slas.hoursexception",
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
                            "service_hours",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="slas.servicehours",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "default_permissions": (),
                    },
                ),
                migrations.AddField(
                    model_name="hoursexception",
                    name="service_hours",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="exceptions", to="slas.servicehours"
                    ),
                ),
                migrations.CreateModel(
                    name="ServiceHoursEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("name", models.CharField(max_length=120)),
                        (
                            "words",
                            models.CharField(
                                help_text="How readers hear it, for example “04:00 to 22:00, every day”.",
                                max_length=160,
                            ),
                        ),
                        ("time_zone", models.CharField(max_length=60)),
                        (
                            "holiday_region",
                            models.CharField(
                                blank=True,
                                help_text="Country or country and part, for example GB-ENG: public holidays are closed.",
                                max_length=20,
                            ),
                        ),
                        ("version", models.PositiveSmallIntegerField(default=1)),
                        ("starts_on", models.DateField(blank=True, null=True)),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="slas.servicehours",
                            ),
                        ),
                        (
                            "replaces",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="slas.servicehours",
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
                    name="ServiceLevelTarget",
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
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "name",
                            models.CharField(
                                help_text="For example “Customers can place orders”.",
                                max_length=200,
                                verbose_name="promise",
                            ),
                        ),
                        ("short_name", models.CharField(blank=True, max_length=60)),
                        (
                            "sentence",
                            models.CharField(
                                help_text="For example “99.5 % of 04:00 to 22:00, every day”.",
                                max_length=300,
                                verbose_name="target in words",
                            ),
                        ),
                        ("meaning", models.TextField(blank=True, max_length=1000, verbose_name="agreed meaning")),
                        (
                            "agreed_note",
                            models.CharField(
                                blank=True,
                                help_text="What counts and what does not, under the agreed figure.",
                                max_length=300,
                            ),
                        ),
                        (
                            "experienced_note",
                            models.CharField(
                                blank=True, help_text="What counts, under the experienced figure.", max_length=300
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("availability", "Share of service hours in which it can be used"),
                                    ("reliability", "Number of interruptions"),
                                    ("cases", "Share of cases solved within a time"),
                                    ("volume", "Share of units of work within their standard"),
                                    ("occasions", "Deadline on occasions"),
                                    ("satisfaction", "Share of good answers"),
                                    ("readings", "Share of readings within a limit"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "is_trial",
                            models.BooleanField(
                                default=False, help_text="Measured, no target yet.", verbose_name="trial"
                            ),
                        ),
                        ("is_mandatory", models.BooleanField(default=True)),
                        (
                            "threshold",
                            models.DecimalField(
                                blank=True, decimal_places=4, max_digits=8, null=True, verbose_name="percent promised"
                            ),
                        ),
                        (
                            "allowed_misses",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="allowed late"),
                        ),
                        ("decimals", models.PositiveSmallIntegerField(default=1, verbose_name="decimals shown")),
                        (
                            "period_kind",
                            models.CharField(
                                choices=[("month", "Month"), ("quarter", "Quarter"), ("year", "Year")],
                                default="month",
                                max_length=8,
                            ),
                        ),
                        (
                            "period_start_month",
                            models.PositiveSmallIntegerField(default=1, verbose_name="first month of the year"),
                        ),
                        (
                            "starts_on",
                            models.DateField(
                                blank=True, help_text="Promised from this day; empty: with the agreement.", null=True
                            ),
                        ),
                        ("ends_on", models.DateField(blank=True, null=True)),
                        (
                            "close_room",
                            models.DecimalField(
                                decimal_places=3,
                                default=Decimal("0.75"),
                                max_digits=4,
                                verbose_name="close from this share of the room",
                            ),
                        ),
                        (
                            "close_margin",
                            models.DecimalField(
                                blank=True,
                                decimal_places=4,
                                max_digits=8,
                                null=True,
                                verbose_name="close within this margin, points",
                            ),
                        ),
                        (
                            "degraded_share",
                            models.DecimalField(
                                decimal_places=3,
                                default=Decimal("1"),
                                help_text="1: slow time costs nothing; 0.5: it counts half.",
                                max_digits=4,
                                verbose_name="usable share when degraded",
                            ),
                        ),
                        (
                            "planned_notice_days",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="working days of notice"
                            ),
                        ),
                        (
                            "planned_cap_seconds",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="planned work, at most seconds a period"
                            ),
                        ),
                        (
                            "excluded_work",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("planned", "Planned work"),
                                        ("emergency", "Emergency work"),
                                        ("supplier", "Work of a supplier"),
                                    ],
                                    max_length=9,
                                ),
                                blank=True,
                                default=list,
                                help_text="Empty: all of it counts.",
                                size=None,
                                verbose_name="announced work that is taken out",
                            ),
                        ),
                        (
                            "weighs_users",
                            models.BooleanField(
                                default=False, verbose_name="an outage costs the share of the users whom it met"
                            ),
                        ),
                        ("minimum_outage_seconds", models.PositiveIntegerField(default=0)),
                        ("merge_gap_seconds", models.PositiveIntegerField(default=0)),
                        (
                            "missing_policy",
                            models.CharField(
                                choices=[("exclude", "Left out"), ("down", "Counts as down"), ("up", "Counts as up")],
                                default="exclude",
                                max_length=8,
                            ),
                        ),
                        (
                            "minimum_coverage",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("95"),
                                max_digits=5,
                                verbose_name="least data, percent",
                            ),
                        ),
                        (
                            "priorities",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60),
                                blank=True,
                                default=list,
                                help_text="Empty: cases of each priority count.",
                                size=None,
                            ),
                        ),
                        (
                            "clock_stop",
                            models.CharField(
                                choices=[("solved", "Solved"), ("answered", "First answered by a person")],
                                default="solved",
                                max_length=8,
                                verbose_name="the clock stops when",
                            ),
                        ),
                        (
                            "within_seconds",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="solved within, seconds"),
                        ),
                        (
                            "within_working_days",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="solved within, working days"
                            ),
                        ),
                        (
                            "pause_reasons",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=80),
                                blank=True,
                                default=list,
                                help_text="Empty: nothing halts the clock.",
                                size=None,
                            ),
                        ),
                        (
                            "longest_pause_seconds",
                            models.PositiveIntegerField(
                                blank=True,
                                null=True,
                                verbose_name="a longer pause needs a note, seconds of service time",
                            ),
                        ),
                        (
                            "reopen_days",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="Empty: whenever it is opened again.",
                                null=True,
                                verbose_name="goes on if opened again within, days",
                            ),
                        ),
                        (
                            "priority_rule",
                            models.CharField(
                                choices=[("start", "The start of the case"), ("change", "The change")],
                                default="start",
                                max_length=6,
                                verbose_name="another priority counts from",
                            ),
                        ),
                        (
                            "attribution",
                            models.CharField(
                                choices=[
                                    ("due", "It is due"),
                                    ("stopped", "Its clock stops"),
                                    ("opened", "It is opened"),
                                ],
                                default="due",
                                max_length=7,
                                verbose_name="a case counts where",
                            ),
                        ),
                        (
                            "percentile_method",
                            models.CharField(
                                choices=[
                                    ("nearest_rank", "Nearest rank: a time that occurred"),
                                    ("inclusive", "Between two times, inclusive"),
                                    ("exclusive", "Between two times, exclusive"),
                                    ("midpoint", "Midpoint of two times"),
                                ],
                                default="nearest_rank",
                                max_length=12,
                            ),
                        ),
                        (
                            "reading_limit",
                            models.DecimalField(
                                blank=True,
                                decimal_places=3,
                                help_text="In the measure's unit.",
                                max_digits=15,
                                null=True,
                                verbose_name="limit of a reading",
                            ),
                        ),
                        ("is_least", models.BooleanField(default=False, verbose_name="readings must reach the limit")),
                        (
                            "schedule",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("daily", "Every day"),
                                    ("working_days", "Each day with service hours"),
                                    ("monthly", "One date a month"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "due_minute",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="due at, minute of the day"
                            ),
                        ),
                        (
                            "due_day",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="due on day of the month"
                            ),
                        ),
                        (
                            "loss_words",
                            models.CharField(
                                blank=True,
                                help_text="What readers lose, for example “Customers could not place orders”.",
                                max_length=160,
                            ),
                        ),
                        (
                            "short_loss_words",
                            models.CharField(blank=True, help_text="For example “Not possible”.", max_length=80),
                        ),
                        (
                            "unit_words",
                            models.CharField(
                                blank=True, help_text="The counted thing, for example “orders”.", max_length=60
                            ),
                        ),
                        (
                            "good_words",
                            models.CharField(blank=True, help_text="For example “solved in time”.", max_length=80),
                        ),
                        (
                            "bad_words",
                            models.CharField(blank=True, help_text="For example “were late”.", max_length=80),
                        ),
                        (
                            "agreement",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="targets", to="slas.agreement"
                            ),
                        ),
                        (
                            "component",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="targets",
                                to="catalog.component",
                            ),
                        ),
                        (
                            "measure",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="targets", to="slas.measure"
                            ),
                        ),
                        (
                            "service",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="targets",
                                to="catalog.service",
                            ),
                        ),
                        (
                            "service_hours",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="targets",
                                to="slas.servicehours",
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
                    name="Forecast",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("period_start", models.DateField()),
                        ("said_on", models.DateField()),
                        ("said_at", models.DateTimeField()),
                        ("misses", models.PositiveIntegerField()),
                        ("runs", models.PositiveIntegerField()),
                        ("months", models.PositiveSmallIntegerField(verbose_name="months of history")),
                        ("inputs_hash", models.CharField(max_length=64)),
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
                            "target",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="forecasts",
                                to="slas.serviceleveltarget",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="DirtyTarget",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("period_start", models.DateField()),
                        ("since", models.DateTimeField()),
                        ("failure", models.CharField(blank=True, max_length=500)),
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
                            "target",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="slas.serviceleveltarget",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Attainment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("period_start", models.DateField()),
                        ("period_end", models.DateField()),
                        ("revision", models.PositiveSmallIntegerField(default=1)),
                        ("status", models.CharField(max_length=10)),
                        ("value_words", models.CharField(max_length=40)),
                        ("value", models.FloatField(null=True)),
                        ("used", models.FloatField(null=True)),
                        ("result", models.JSONField()),
                        ("proof", models.JSONField()),
                        ("records", models.JSONField(default=list)),
                        ("inputs_hash", models.CharField(max_length=64)),
                        ("inputs", models.TextField(default="")),
                        ("computed_at", models.DateTimeField()),
                        ("changed_at", models.DateTimeField()),
                        ("closed_at", models.DateTimeField(null=True)),
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
                            "target",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attainments",
                                to="slas.serviceleveltarget",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ServiceLevelTargetEvent",
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
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "name",
                            models.CharField(
                                help_text="For example “Customers can place orders”.",
                                max_length=200,
                                verbose_name="promise",
                            ),
                        ),
                        ("short_name", models.CharField(blank=True, max_length=60)),
                        (
                            "sentence",
                            models.CharField(
                                help_text="For example “99.5 % of 04:00 to 22:00, every day”.",
                                max_length=300,
                                verbose_name="target in words",
                            ),
                        ),
                        ("meaning", models.TextField(blank=True, max_length=1000, verbose_name="agreed meaning")),
                        (
                            "agreed_note",
                            models.CharField(
                                blank=True,
                                help_text="What counts and what does not, under the agreed figure.",
                                max_length=300,
                            ),
                        ),
                        (
                            "experienced_note",
                            models.CharField(
                                blank=True, help_text="What counts, under the experienced figure.", max_length=300
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("availability", "Share of service hours in which it can be used"),
                                    ("reliability", "Number of interruptions"),
                                    ("cases", "Share of cases solved within a time"),
                                    ("volume", "Share of units of work within their standard"),
                                    ("occasions", "Deadline on occasions"),
                                    ("satisfaction", "Share of good answers"),
                                    ("readings", "Share of readings within a limit"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "is_trial",
                            models.BooleanField(
                                default=False, help_text="Measured, no target yet.", verbose_name="trial"
                            ),
                        ),
                        ("is_mandatory", models.BooleanField(default=True)),
                        (
                            "threshold",
                            models.DecimalField(
                                blank=True, decimal_places=4, max_digits=8, null=True, verbose_name="percent promised"
                            ),
                        ),
                        (
                            "allowed_misses",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="allowed late"),
                        ),
                        ("decimals", models.PositiveSmallIntegerField(default=1, verbose_name="decimals shown")),
                        (
                            "period_kind",
                            models.CharField(
                                choices=[("month", "Month"), ("quarter", "Quarter"), ("year", "Year")],
                                default="month",
                                max_length=8,
                            ),
                        ),
                        (
                            "period_start_month",
                            models.PositiveSmallIntegerField(default=1, verbose_name="first month of the year"),
                        ),
                        (
                            "starts_on",
                            models.DateField(
                                blank=True, help_text="Promised from this day; empty: with the agreement.", null=True
                            ),
                        ),
                        ("ends_on", models.DateField(blank=True, null=True)),
                        (
                            "close_room",
                            models.DecimalField(
                                decimal_places=3,
                                default=Decimal("0.75"),
                                max_digits=4,
                                verbose_name="close from this share of the room",
                            ),
                        ),
                        (
                            "close_margin",
                            models.DecimalField(
                                blank=True,
                                decimal_places=4,
                                max_digits=8,
                                null=True,
                                verbose_name="close within this margin, points",
                            ),
                        ),
                        (
                            "degraded_share",
                            models.DecimalField(
                                decimal_places=3,
                                default=Decimal("1"),
                                help_text="1: slow time costs nothing; 0.5: it counts half.",
                                max_digits=4,
                                verbose_name="usable share when degraded",
                            ),
                        ),
                        (
                            "planned_notice_days",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="working days of notice"
                            ),
                        ),
                        (
                            "planned_cap_seconds",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="planned work, at most seconds a period"
                            ),
                        ),
                        (
                            "excluded_work",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("planned", "Planned work"),
                                        ("emergency", "Emergency work"),
                                        ("supplier", "Work of a supplier"),
                                    ],
                                    max_length=9,
                                ),
                                blank=True,
                                default=list,
                                help_text="Empty: all of it counts.",
                                size=None,
                                verbose_name="announced work that is taken out",
                            ),
                        ),
                        (
                            "weighs_users",
                            models.BooleanField(
                                default=False, verbose_name="an outage costs the share of the users whom it met"
                            ),
                        ),
                        ("minimum_outage_seconds", models.PositiveIntegerField(default=0)),
                        ("merge_gap_seconds", models.PositiveIntegerField(default=0)),
                        (
                            "missing_policy",
                            models.CharField(
                                choices=[("exclude", "Left out"), ("down", "Counts as down"), ("up", "Counts as up")],
                                default="exclude",
                                max_length=8,
                            ),
                        ),
                        (
                            "minimum_coverage",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("95"),
                                max_digits=5,
                                verbose_name="least data, percent",
                            ),
                        ),
                        (
                            "priorities",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60),
                                blank=True,
                                default=list,
                                help_text="Empty: cases of each priority count.",
                                size=None,
                            ),
                        ),
                        (
                            "clock_stop",
                            models.CharField(
                                choices=[("solved", "Solved"), ("answered", "First answered by a person")],
                                default="solved",
                                max_length=8,
                                verbose_name="the clock stops when",
                            ),
                        ),
                        (
                            "within_seconds",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="solved within, seconds"),
                        ),
                        (
                            "within_working_days",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="solved within, working days"
                            ),
                        ),
                        (
                            "pause_reasons",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=80),
                                blank=True,
                                default=list,
                                help_text="Empty: nothing halts the clock.",
                                size=None,
                            ),
                        ),
                        (
                            "longest_pause_seconds",
                            models.PositiveIntegerField(
                                blank=True,
                                null=True,
                                verbose_name="a longer pause needs a note, seconds of service time",
                            ),
                        ),
                        (
                            "reopen_days",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="Empty: whenever it is opened again.",
                                null=True,
                                verbose_name="goes on if opened again within, days",
                            ),
                        ),
                        (
                            "priority_rule",
                            models.CharField(
                                choices=[("start", "The start of the case"), ("change", "The change")],
                                default="start",
                                max_length=6,
                                verbose_name="another priority counts from",
                            ),
                        ),
                        (
                            "attribution",
                            models.CharField(
                                choices=[
                                    ("due", "It is due"),
                                    ("stopped", "Its clock stops"),
                                    ("opened", "It is opened"),
                                ],
                                default="due",
                                max_length=7,
                                verbose_name="a case counts where",
                            ),
                        ),
                        (
                            "percentile_method",
                            models.CharField(
                                choices=[
                                    ("nearest_rank", "Nearest rank: a time that occurred"),
                                    ("inclusive", "Between two times, inclusive"),
                                    ("exclusive", "Between two times, exclusive"),
                                    ("midpoint", "Midpoint of two times"),
                                ],
                                default="nearest_rank",
                                max_length=12,
                            ),
                        ),
                        (
                            "reading_limit",
                            models.DecimalField(
                                blank=True,
                                decimal_places=3,
                                help_text="In the measure's unit.",
                                max_digits=15,
                                null=True,
                                verbose_name="limit of a reading",
                            ),
                        ),
                        ("is_least", models.BooleanField(default=False, verbose_name="readings must reach the limit")),
                        (
                            "schedule",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("daily", "Every day"),
                                    ("working_days", "Each day with service hours"),
                                    ("monthly", "One date a month"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "due_minute",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="due at, minute of the day"
                            ),
                        ),
                        (
                            "due_day",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="due on day of the month"
                            ),
                        ),
                        (
                            "loss_words",
                            models.CharField(
                                blank=True,
                                help_text="What readers lose, for example “Customers could not place orders”.",
                                max_length=160,
                            ),
                        ),
                        (
                            "short_loss_words",
                            models.CharField(blank=True, help_text="For example “Not possible”.", max_length=80),
                        ),
                        (
                            "unit_words",
                            models.CharField(
                                blank=True, help_text="The counted thing, for example “orders”.", max_length=60
                            ),
                        ),
                        (
                            "good_words",
                            models.CharField(blank=True, help_text="For example “solved in time”.", max_length=80),
                        ),
                        (
                            "bad_words",
                            models.CharField(blank=True, help_text="For example “were late”.", max_length=80),
                        ),
                        (
                            "agreement",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="slas.agreement",
                            ),
                        ),
                        (
                            "component",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="catalog.component",
                            ),
                        ),
                        (
                            "measure",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="slas.measure",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="slas.serviceleveltarget",
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
                            "service_hours",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="slas.servicehours",
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
                    name="SurveyCount",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("measure_id", models.BigIntegerField()),
                        ("on", models.DateField()),
                        ("asked", models.PositiveIntegerField()),
                        ("answers", models.PositiveIntegerField()),
                        ("good", models.PositiveIntegerField()),
                        ("batch_id", models.BigIntegerField(null=True)),
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
                    name="TargetProposal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("threshold", models.DecimalField(decimal_places=4, max_digits=8)),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        ("proposed_at", models.DateTimeField()),
                        ("answer_due_on", models.DateField()),
                        ("is_accepted", models.BooleanField(blank=True, null=True)),
                        ("answer", models.CharField(blank=True, max_length=1000)),
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
                            "proposed_by",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
                            ),
                        ),
                        (
                            "target",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="proposals",
                                to="slas.serviceleveltarget",
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
                    name="TargetProposalEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("threshold", models.DecimalField(decimal_places=4, max_digits=8)),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        ("proposed_at", models.DateTimeField()),
                        ("answer_due_on", models.DateField()),
                        ("is_accepted", models.BooleanField(blank=True, null=True)),
                        ("answer", models.CharField(blank=True, max_length=1000)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "answered_by",
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
                                to="slas.targetproposal",
                            ),
                        ),
                        (
                            "proposed_by",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.membership",
                            ),
                        ),
                        (
                            "target",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="slas.serviceleveltarget",
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
                    name="Volume",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("measure_id", models.BigIntegerField()),
                        ("on", models.DateField()),
                        ("total", models.BigIntegerField()),
                        ("met", models.BigIntegerField(null=True)),
                        ("batch_id", models.BigIntegerField(null=True)),
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
                    name="Case",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("measure_id", models.BigIntegerField()),
                        ("key", models.CharField(max_length=100)),
                        ("priority", models.CharField(blank=True, max_length=60)),
                        ("opened_at", models.DateTimeField()),
                        ("responded_at", models.DateTimeField(null=True)),
                        ("resolved_at", models.DateTimeField(null=True)),
                        ("excluded_reason", models.CharField(blank=True, max_length=200)),
                        ("unknown_reason", models.CharField(blank=True, max_length=200)),
                        ("title", models.CharField(blank=True, max_length=300)),
                        ("merged_into", models.CharField(blank=True, max_length=100)),
                        ("batch_id", models.BigIntegerField(null=True)),
                        (
                            "tenant",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                default=portal.tenancy.scope.required_tenant_id,
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="tenancy.tenant",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["tenant", "measure_id", "opened_at"], name="case_by_opening"),
                            models.Index(
                                condition=models.Q(("merged_into", ""), _negated=True),
                                fields=["tenant", "measure_id"],
                                name="case_merged",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("tenant", "measure_id", "key"), name="case_key"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("responded_at__isnull", True),
                                    ("responded_at__gte", models.F("opened_at")),
                                    _connector="OR",
                                ),
                                name="case_answered_after_opening",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("resolved_at__isnull", True),
                                    ("resolved_at__gte", models.F("opened_at")),
                                    _connector="OR",
                                ),
                                name="case_solved_after_opening",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CasePause",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("measure_id", models.BigIntegerField()),
                        ("case_key", models.CharField(max_length=100)),
                        ("started_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(null=True)),
                        ("reason", models.CharField(max_length=80)),
                        ("party", models.CharField(blank=True, max_length=80)),
                        ("note", models.CharField(blank=True, max_length=200)),
                        ("entered_at", models.DateTimeField(null=True)),
                        ("entered_by", models.CharField(blank=True, max_length=80)),
                        ("approved_by", models.CharField(blank=True, max_length=80)),
                        (
                            "tenant",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
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
                            models.UniqueConstraint(
                                fields=("tenant", "measure_id", "case_key", "started_at", "reason"),
                                name="case_pause_key",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CasePriority",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("measure_id", models.BigIntegerField()),
                        ("case_key", models.CharField(max_length=100)),
                        ("changed_at", models.DateTimeField()),
                        ("before", models.CharField(max_length=60)),
                        (
                            "tenant",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
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
                            models.UniqueConstraint(
                                fields=("tenant", "measure_id", "case_key", "changed_at", "before"),
                                name="case_priority_key",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseReopening",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("measure_id", models.BigIntegerField()),
                        ("case_key", models.CharField(max_length=100)),
                        ("solved_at", models.DateTimeField()),
                        ("reopened_at", models.DateTimeField()),
                        (
                            "tenant",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
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
                            models.UniqueConstraint(
                                fields=("tenant", "measure_id", "case_key", "solved_at"), name="case_reopening_key"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reopened_at__gt", models.F("solved_at"))),
                                name="case_reopened_after_solution",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CoveredTime",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("measure_id", models.BigIntegerField()),
                        ("started_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField()),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("batch_id", models.BigIntegerField(null=True)),
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
                            models.UniqueConstraint(
                                fields=("tenant", "measure_id", "started_at"), name="covered_time_key"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ended_at__gt", models.F("started_at"))),
                                name="covered_time_ends_after_start",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DataGap",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("measure_id", models.BigIntegerField()),
                        ("started_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField()),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        ("batch_id", models.BigIntegerField(null=True)),
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
                            models.UniqueConstraint(fields=("tenant", "measure_id", "started_at"), name="data_gap_key"),
                            models.CheckConstraint(
                                condition=models.Q(("ended_at__gt", models.F("started_at"))),
                                name="data_gap_ends_after_start",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DirtyHour",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("measure_id", models.BigIntegerField()),
                        ("hour_from", models.DateTimeField()),
                        (
                            "tenant",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                default=portal.tenancy.scope.required_tenant_id,
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="tenancy.tenant",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["tenant", "measure_id"], name="dirty_hour_by_measure")],
                    },
                ),
                migrations.CreateModel(
                    name="HourlyCount",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "tenant",
                                "limit_id",
                                "hour_from",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("limit_id", models.BigIntegerField()),
                        ("hour_from", models.DateTimeField()),
                        ("n", models.IntegerField(verbose_name="readings")),
                        ("n_within", models.IntegerField(verbose_name="within the limit")),
                        (
                            "tenant",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
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
                            models.CheckConstraint(
                                condition=models.Q(("n_within__gte", 0), ("n_within__lte", models.F("n"))),
                                name="hourly_count_adds_up",
                            )
                        ],
                    },
                ),
                migrations.AddConstraint(
                    model_name="measure",
                    constraint=models.UniqueConstraint(fields=("tenant", "slug"), name="measure_slug"),
                ),
                migrations.AddConstraint(
                    model_name="measure",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "fact_kind__in",
                                ["outages", "checks", "cases", "occasions", "volumes", "surveys", "readings"],
                            )
                        ),
                        name="measure_kind_known",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="measure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "slas_measureevent" ("component_id", "decider", "fact_kind", "id", "max_gap_seconds", "name", "notes", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "slug", "source", "starts_on", "tenant_id", "unit_words", "what") VALUES (NEW."component_id", NEW."decider", NEW."fact_kind", NEW."id", NEW."max_gap_seconds", NEW."name", NEW."notes", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."service_id", NEW."slug", NEW."source", NEW."starts_on", NEW."tenant_id", NEW."unit_words", NEW."what"); RETURN NULL;',
                            hash="603f2515bdad2a1ef93d7855c046c62f25488516",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e954b",
                            table="slas_measure",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="measure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "slas_measureevent" ("component_id", "decider", "fact_kind", "id", "max_gap_seconds", "name", "notes", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "slug", "source", "starts_on", "tenant_id", "unit_words", "what") VALUES (NEW."component_id", NEW."decider", NEW."fact_kind", NEW."id", NEW."max_gap_seconds", NEW."name", NEW."notes", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."service_id", NEW."slug", NEW."source", NEW."starts_on", NEW."tenant_id", NEW."unit_words", NEW."what"); RETURN NULL;',
                            hash="36e64c060b4062de0fde7de0db6dc4f478a4d51a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_37805",
                            table="slas_measure",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="measure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "slas_measureevent" ("component_id", "decider", "fact_kind", "id", "max_gap_seconds", "name", "notes", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "slug", "source", "starts_on", "tenant_id", "unit_words", "what") VALUES (OLD."component_id", OLD."decider", OLD."fact_kind", OLD."id", OLD."max_gap_seconds", OLD."name", OLD."notes", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."service_id", OLD."slug", OLD."source", OLD."starts_on", OLD."tenant_id", OLD."unit_words", OLD."what"); RETURN NULL;',
                            hash="cdc52b0102a370639d1e2fbf415f69d2ee26ba3f",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_84b6c",
                            table="slas_measure",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="factbatch",
                    index=models.Index(fields=["tenant", "state", "-brought_at"], name="batch_by_state"),
                ),
                migrations.AddConstraint(
                    model_name="factbatch",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "waiting", "counted", "refused"])),
                        name="batch_state_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="factbatch",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("origin__in", ["entered", "uploaded", "pushed", "imported"])),
                        name="batch_origin_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="measurement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__gte", 0), ("state__lte", 2)), name="measurement_state_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="measurement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__isnull", True), ("value__isnull", True), _connector="XOR"),
                        name="measurement_is_check_or_reading",
                    ),
                ),
                migrations.AddIndex(
                    model_name="measurementrevision",
                    index=models.Index(fields=["tenant", "measure_id", "at"], name="revision_by_measure"),
                ),
                migrations.AddConstraint(
                    model_name="monthclose",
                    constraint=models.UniqueConstraint(
                        fields=("tenant", "business_unit", "month"), name="month_closed_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="monthclose",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("month__day", 1)), name="closed_month_by_its_first"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="obligation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "slas_obligationevent" ("agreement_id", "done_on", "due_on", "id", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "short_text", "tenant_id", "text") VALUES (NEW."agreement_id", NEW."done_on", NEW."due_on", NEW."id", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."service_id", NEW."short_text", NEW."tenant_id", NEW."text"); RETURN NULL;',
                            hash="4dcf20d96f6bc638442252bde92372d8d6c0456b",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_bfad1",
                            table="slas_obligation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="obligation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "slas_obligationevent" ("agreement_id", "done_on", "due_on", "id", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "short_text", "tenant_id", "text") VALUES (NEW."agreement_id", NEW."done_on", NEW."due_on", NEW."id", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."service_id", NEW."short_text", NEW."tenant_id", NEW."text"); RETURN NULL;',
                            hash="14607319b75f6f043ada5593347eeac294051942",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_96f46",
                            table="slas_obligation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="obligation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "slas_obligationevent" ("agreement_id", "done_on", "due_on", "id", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "short_text", "tenant_id", "text") VALUES (OLD."agreement_id", OLD."done_on", OLD."due_on", OLD."id", OLD."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."service_id", OLD."short_text", OLD."tenant_id", OLD."text"); RETURN NULL;',
                            hash="d1d60edb8198e6b5147e79328e5e011a66a41e81",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e2441",
                            table="slas_obligation",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="occasion",
                    constraint=models.UniqueConstraint(fields=("tenant", "measure_id", "on"), name="occasion_key"),
                ),
                migrations.AddConstraint(
                    model_name="offeredlevel",
                    constraint=models.UniqueConstraint(
                        fields=("tenant", "offering", "name"), name="offered_level_name"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="offeredlevel",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "slas_offeredlevelevent" ("id", "name", "offering_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "shows_allowed_time", "tenant_id", "threshold", "within_seconds", "words") VALUES (NEW."id", NEW."name", NEW."offering_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."position", NEW."shows_allowed_time", NEW."tenant_id", NEW."threshold", NEW."within_seconds", NEW."words"); RETURN NULL;',
                            hash="9d74ca981091592928c0a7df18e97b03f8c016e7",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_5faa3",
                            table="slas_offeredlevel",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="offeredlevel",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "slas_offeredlevelevent" ("id", "name", "offering_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "shows_allowed_time", "tenant_id", "threshold", "within_seconds", "words") VALUES (NEW."id", NEW."name", NEW."offering_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."position", NEW."shows_allowed_time", NEW."tenant_id", NEW."threshold", NEW."within_seconds", NEW."words"); RETURN NULL;',
                            hash="4ea24fe9ea2c63fe514ca514ad4f6efe532dcc79",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_8bc6e",
                            table="slas_offeredlevel",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="offeredlevel",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "slas_offeredlevelevent" ("id", "name", "offering_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "shows_allowed_time", "tenant_id", "threshold", "within_seconds", "words") VALUES (OLD."id", OLD."name", OLD."offering_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."position", OLD."shows_allowed_time", OLD."tenant_id", OLD."threshold", OLD."within_seconds", OLD."words"); RETURN NULL;',
                            hash="a4199f53b4a4c23295ef539f07e2aa2e3eef0857",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_00944",
                            table="slas_offeredlevel",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="outage",
                    constraint=models.UniqueConstraint(
                        fields=("tenant", "measure_id", "started_at"), name="outage_key"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="outage",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True), ("ended_at__gt", models.F("started_at")), _connector="OR"
                        ),
                        name="outage_ends_after_start",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="outage",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("affected_percent__isnull", True),
                            models.Q(("affected_percent__gte", 0), ("affected_percent__lte", 100)),
                            _connector="OR",
                        ),
                        name="outage_affected_percent",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="party",
                    constraint=models.UniqueConstraint(fields=("tenant", "kind", "name"), name="party_name"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="party",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "slas_partyevent" ("business_unit_id", "id", "kind", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tenant_id") VALUES (NEW."business_unit_id", NEW."id", NEW."kind", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."tenant_id"); RETURN NULL;',
                            hash="40dcf00c3e3cdc16ae8cc9241d967dc24e43a58c",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8b76d",
                            table="slas_party",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="party",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "slas_partyevent" ("business_unit_id", "id", "kind", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tenant_id") VALUES (NEW."business_unit_id", NEW."id", NEW."kind", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."tenant_id"); RETURN NULL;',
                            hash="59ba19822f2f5c8a516ae770bf96204e6db8efb7",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_484e5",
                            table="slas_party",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="party",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "slas_partyevent" ("business_unit_id", "id", "kind", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tenant_id") VALUES (OLD."business_unit_id", OLD."id", OLD."kind", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."tenant_id"); RETURN NULL;',
                            hash="9db5318edd6a36f6abc9604f4dc7d39dbe185622",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b7960",
                            table="slas_party",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreement",
                    constraint=models.UniqueConstraint(fields=("tenant", "slug", "version"), name="agreement_version"),
                ),
                migrations.AddConstraint(
                    model_name="agreement",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state", "in_force")),
                        fields=("tenant", "slug"),
                        name="agreement_in_force_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreement",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state", "draft")), fields=("tenant", "slug"), name="agreement_draft_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind__in", ["sla", "ola", "contract"])), name="agreement_kind_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "in_force", "superseded", "terminated"])),
                        name="agreement_state_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gt", models.F("starts_on")), _connector="OR"
                        ),
                        name="agreement_ends_after_start",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreement",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("state", "draft"), _negated=True),
                        expressions=[
                            ("tenant", "="),
                            ("slug", "="),
                            (
                                models.Func(
                                    "starts_on",
                                    "ends_on",
                                    function="DATERANGE",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="agreement_one_version_a_day",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agreement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "slas_agreementevent" ("answer_working_days", "customer_id", "ends_on", "id", "kind", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "slug", "starts_on", "state", "tenant_id", "time_zone", "underpins_id", "version") VALUES (NEW."answer_working_days", NEW."customer_id", NEW."ends_on", NEW."id", NEW."kind", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."provider_id", NEW."slug", NEW."starts_on", NEW."state", NEW."tenant_id", NEW."time_zone", NEW."underpins_id", NEW."version"); RETURN NULL;',
                            hash="bd4241fee18e46299292b3254153a42d013cde92",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_947a3",
                            table="slas_agreement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agreement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "slas_agreementevent" ("answer_working_days", "customer_id", "ends_on", "id", "kind", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "slug", "starts_on", "state", "tenant_id", "time_zone", "underpins_id", "version") VALUES (NEW."answer_working_days", NEW."customer_id", NEW."ends_on", NEW."id", NEW."kind", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."provider_id", NEW."slug", NEW."starts_on", NEW."state", NEW."tenant_id", NEW."time_zone", NEW."underpins_id", NEW."version"); RETURN NULL;',
                            hash="304b842c947eed2c0699a137c203f1cb4a2c6739",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_31de8",
                            table="slas_agreement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agreement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "slas_agreementevent" ("answer_working_days", "customer_id", "ends_on", "id", "kind", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "slug", "starts_on", "state", "tenant_id", "time_zone", "underpins_id", "version") VALUES (OLD."answer_working_days", OLD."customer_id", OLD."ends_on", OLD."id", OLD."kind", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."provider_id", OLD."slug", OLD."starts_on", OLD."state", OLD."tenant_id", OLD."time_zone", OLD."underpins_id", OLD."version"); RETURN NULL;',
                            hash="baf29053d015cf2a08f05a7fbe5c72a3c1a29fe8",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_92b9f",
                            table="slas_agreement",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="acceptance",
                    constraint=models.UniqueConstraint(fields=("tenant", "agreement", "party"), name="acceptance_once"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="acceptance",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "slas_acceptanceevent" ("accepted_at", "agreement_id", "fingerprint", "id", "member_id", "name", "party_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "tenant_id", "text") VALUES (NEW."accepted_at", NEW."agreement_id", NEW."fingerprint", NEW."id", NEW."member_id", NEW."name", NEW."party_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."role", NEW."tenant_id", NEW."text"); RETURN NULL;',
                            hash="ceeff274672f4a09f0b375d199376f171fbc8c75",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ca24b",
                            table="slas_acceptance",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="acceptance",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "slas_acceptanceevent" ("accepted_at", "agreement_id", "fingerprint", "id", "member_id", "name", "party_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "tenant_id", "text") VALUES (NEW."accepted_at", NEW."agreement_id", NEW."fingerprint", NEW."id", NEW."member_id", NEW."name", NEW."party_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."role", NEW."tenant_id", NEW."text"); RETURN NULL;',
                            hash="5dab93affb58092fc185b05b6985e766cc00dfc1",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_20401",
                            table="slas_acceptance",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="acceptance",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "slas_acceptanceevent" ("accepted_at", "agreement_id", "fingerprint", "id", "member_id", "name", "party_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "tenant_id", "text") VALUES (OLD."accepted_at", OLD."agreement_id", OLD."fingerprint", OLD."id", OLD."member_id", OLD."name", OLD."party_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."role", OLD."tenant_id", OLD."text"); RETURN NULL;',
                            hash="996873b1ae0ac13c7f10e7f9808ab58a7edd03cc",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_201a4",
                            table="slas_acceptance",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="plannedwork",
                    constraint=models.UniqueConstraint(
                        fields=("tenant", "service", "starts_at"), name="planned_work_key"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="plannedwork",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind__in", ["planned", "emergency", "supplier"])),
                        name="planned_work_kind_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="plannedwork",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="planned_work_ends_after_start"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="plannedwork",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True), ("ended_at__gt", models.F("starts_at")), _connector="OR"
                        ),
                        name="planned_work_ended_after_start",
                    ),
                ),
                migrations.AddIndex(
                    model_name="pushedrequest",
                    index=models.Index(fields=["tenant", "received_at"], name="pushed_request_by_time"),
                ),
                migrations.AddConstraint(
                    model_name="pushedrequest",
                    constraint=models.UniqueConstraint(fields=("tenant", "token", "key"), name="pushed_request_once"),
                ),
                migrations.AddConstraint(
                    model_name="readinglimit",
                    constraint=models.UniqueConstraint(
                        fields=("tenant", "measure_id", "value", "is_least"), name="reading_limit_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="servicehours",
                    constraint=models.UniqueConstraint(
                        fields=("tenant", "name", "version"), name="service_hours_version"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="servicehours",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("replaces__isnull", True), ("starts_on__isnull", True)),
                            models.Q(("replaces__isnull", False), ("starts_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="service_hours_replace_from_a_day",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicehours",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "slas_servicehoursevent" ("holiday_region", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replaces_id", "starts_on", "tenant_id", "time_zone", "version", "words") VALUES (NEW."holiday_region", NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."replaces_id", NEW."starts_on", NEW."tenant_id", NEW."time_zone", NEW."version", NEW."words"); RETURN NULL;',
                            hash="f2ac924e5d91bed0634c1e64c8870710bc495cd1",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_9a803",
                            table="slas_servicehours",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicehours",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "slas_servicehoursevent" ("holiday_region", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replaces_id", "starts_on", "tenant_id", "time_zone", "version", "words") VALUES (NEW."holiday_region", NEW."id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."replaces_id", NEW."starts_on", NEW."tenant_id", NEW."time_zone", NEW."version", NEW."words"); RETURN NULL;',
                            hash="ccc29efeb8fc15a4ee73bbaa917d4f70b676a1e5",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_cca4a",
                            table="slas_servicehours",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicehours",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "slas_servicehoursevent" ("holiday_region", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replaces_id", "starts_on", "tenant_id", "time_zone", "version", "words") VALUES (OLD."holiday_region", OLD."id", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."replaces_id", OLD."starts_on", OLD."tenant_id", OLD."time_zone", OLD."version", OLD."words"); RETURN NULL;',
                            hash="889e2638734cf7f508a6a808051b930d2c4d409b",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a2ecb",
                            table="slas_servicehours",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="hourswindow",
                    constraint=models.CheckConstraint(condition=models.Q(("weekday__lte", 6)), name="window_weekday"),
                ),
                migrations.AddConstraint(
                    model_name="hourswindow",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("closes_at__gt", models.F("opens_at")), ("opens_at__lt", 1440)),
                        name="window_in_order",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="hourswindow",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "closes_at__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("opens_at"), "+", models.Value(1440)
                                ),
                            )
                        ),
                        name="window_within_a_day",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="hourswindow",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "slas_hourswindowevent" ("closes_at", "id", "opens_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_hours_id", "tenant_id", "weekday") VALUES (NEW."closes_at", NEW."id", NEW."opens_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."service_hours_id", NEW."tenant_id", NEW."weekday"); RETURN NULL;',
                            hash="332665a19a66168ced8e254861896c8c56301b69",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e9f2a",
                            table="slas_hourswindow",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="hourswindow",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "slas_hourswindowevent" ("closes_at", "id", "opens_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_hours_id", "tenant_id", "weekday") VALUES (NEW."closes_at", NEW."id", NEW."opens_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."service_hours_id", NEW."tenant_id", NEW."weekday"); RETURN NULL;',
                            hash="3a8093460ff23412d2ad2258d9ae9ec9fdedf22e",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6992d",
                            table="slas_hourswindow",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="hourswindow",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "slas_hourswindowevent" ("closes_at", "id", "opens_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_hours_id", "tenant_id", "weekday") VALUES (OLD."closes_at", OLD."id", OLD."opens_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."service_hours_id", OLD."tenant_id", OLD."weekday"); RETURN NULL;',
                            hash="10298e7b040a4f4391b5a8b9968969fd441cf3e3",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_526a8",
                            table="slas_hourswindow",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="hoursexception",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closes_at__isnull", True), ("opens_at__isnull", True)),
                            models.Q(
                                ("closes_at__gt", models.F("opens_at")),
                                ("closes_at__isnull", False),
                                ("opens_at__isnull", False),
                                ("opens_at__lt", 1440),
                            ),
                            _connector="OR",
                        ),
                        name="hours_exception_in_order",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="hoursexception",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("closes_at__isnull", True),
                            (
                                "closes_at__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("opens_at"), "+", models.Value(1440)
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="hours_exception_within_a_day",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="hoursexception",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "slas_hoursexceptionevent" ("closes_at", "id", "name", "on", "opens_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_hours_id", "tenant_id") VALUES (NEW."closes_at", NEW."id", NEW."name", NEW."on", NEW."opens_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."service_hours_id", NEW."tenant_id"); RETURN NULL;',
                            hash="d2f5f51f77b20a997bcaa6d8fc2403c43dd1f162",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_04ede",
                            table="slas_hoursexception",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="hoursexception",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "slas_hoursexceptionevent" ("closes_at", "id", "name", "on", "opens_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_hours_id", "tenant_id") VALUES (NEW."closes_at", NEW."id", NEW."name", NEW."on", NEW."opens_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."service_hours_id", NEW."tenant_id"); RETURN NULL;',
                            hash="375c3d1c60644c3dd919c8bd37cb706894e9e132",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_92490",
                            table="slas_hoursexception",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="hoursexception",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "slas_hoursexceptionevent" ("closes_at", "id", "name", "on", "opens_at", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_hours_id", "tenant_id") VALUES (OLD."closes_at", OLD."id", OLD."name", OLD."on", OLD."opens_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."service_hours_id", OLD."tenant_id"); RETURN NULL;',
                            hash="78d27d814ef7e6e6ee6249f65b1b9df761f64c59",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_1600e",
                            table="slas_hoursexception",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceleveltarget",
                    constraint=models.UniqueConstraint(fields=("tenant", "agreement", "slug"), name="target_slug"),
                ),
                migrations.AddConstraint(
                    model_name="serviceleveltarget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "availability",
                                    "reliability",
                                    "cases",
                                    "volume",
                                    "occasions",
                                    "satisfaction",
                                    "readings",
                                ],
                            )
                        ),
                        name="target_kind_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceleveltarget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("threshold__gte", 0), ("threshold__lte", 100)),
                        name="target_threshold_percent",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceleveltarget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("period_start_month__gte", 1), ("period_start_month__lte", 12)),
                        name="target_start_month",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceleveltarget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("is_trial", True),
                            ("threshold__isnull", False),
                            ("allowed_misses__isnull", False),
                            _connector="OR",
                        ),
                        name="target_promises_something",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceleveltarget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("is_trial", True),
                            ("kind__in", ["occasions", "reliability"]),
                            ("threshold__isnull", False),
                            _connector="OR",
                        ),
                        name="target_share_unless_counted",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceleveltarget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "reliability"), _negated=True),
                            models.Q(("minimum_outage_seconds__gte", 1), ("threshold__isnull", True)),
                            _connector="OR",
                        ),
                        name="target_of_interruptions_is_a_number",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceleveltarget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "cases"), _negated=True),
                            ("within_seconds__isnull", False),
                            ("within_working_days__isnull", False),
                            _connector="OR",
                        ),
                        name="target_of_cases_has_a_limit",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceleveltarget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "readings"), _negated=True),
                            ("reading_limit__isnull", False),
                            _connector="OR",
                        ),
                        name="target_of_readings_has_a_limit",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceleveltarget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "occasions"), _negated=True),
                            models.Q(("due_minute__isnull", False), models.Q(("schedule", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="target_of_occasions_is_due",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceleveltarget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("schedule", "monthly"), _negated=True),
                            ("due_day__isnull", False),
                            _connector="OR",
                        ),
                        name="target_once_a_month_has_a_day",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceleveltarget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("due_day__isnull", True),
                                models.Q(("due_day__gte", 1), ("due_day__lte", 31)),
                                _connector="OR",
                            ),
                            models.Q(("due_minute__isnull", True), ("due_minute__lte", 1440), _connector="OR"),
                        ),
                        name="target_due_in_month_and_day",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceleveltarget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="target_ends_after_start",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceleveltarget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("period_kind__in", ["month", "quarter", "year"])),
                        name="target_period_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceleveltarget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("missing_policy__in", ["exclude", "down", "up"])),
                        name="target_missing_policy_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceleveltarget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("clock_stop__in", ["solved", "answered"])), name="target_clock_stop_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceleveltarget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("schedule__in", ["", "daily", "working_days", "monthly"])),
                        name="target_schedule_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceleveltarget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("attribution__in", ["due", "stopped", "opened"]),
                            ("percentile_method__in", ["nearest_rank", "inclusive", "exclusive", "midpoint"]),
                            ("priority_rule__in", ["start", "change"]),
                        ),
                        name="target_rules_of_cases_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceleveltarget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("close_room__gte", 0),
                            ("close_room__lte", 1),
                            ("degraded_share__gte", 0),
                            ("degraded_share__lte", 1),
                        ),
                        name="target_shares_of_one",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="serviceleveltarget",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("minimum_coverage__gte", 0),
                            ("minimum_coverage__lte", 100),
                            models.Q(
                                ("close_margin__isnull", True),
                                models.Q(("close_margin__gte", 0), ("close_margin__lte", 100)),
                                _connector="OR",
                            ),
                        ),
                        name="target_percentages",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="serviceleveltarget",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "slas_serviceleveltargetevent" ("agreed_note", "agreement_id", "allowed_misses", "attribution", "bad_words", "clock_stop", "close_margin", "close_room", "component_id", "decimals", "degraded_share", "due_day", "due_minute", "ends_on", "excluded_work", "experienced_note", "good_words", "id", "is_least", "is_mandatory", "is_trial", "kind", "longest_pause_seconds", "loss_words", "meaning", "measure_id", "merge_gap_seconds", "minimum_coverage", "minimum_outage_seconds", "missing_policy", "name", "pause_reasons", "percentile_method", "period_kind", "period_start_month", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_cap_seconds", "planned_notice_days", "position", "priorities", "priority_rule", "reading_limit", "reopen_days", "schedule", "sentence", "service_hours_id", "service_id", "short_loss_words", "short_name", "slug", "starts_on", "tenant_id", "threshold", "unit_words", "weighs_users", "within_seconds", "within_working_days") VALUES (NEW."agreed_note", NEW."agreement_id", NEW."allowed_misses", NEW."attribution", NEW."bad_words", NEW."clock_stop", NEW."close_margin", NEW."close_room", NEW."component_id", NEW."decimals", NEW."degraded_share", NEW."due_day", NEW."due_minute", NEW."ends_on", NEW."excluded_work", NEW."experienced_note", NEW."good_words", NEW."id", NEW."is_least", NEW."is_mandatory", NEW."is_trial", NEW."kind", NEW."longest_pause_seconds", NEW."loss_words", NEW."meaning", NEW."measure_id", NEW."merge_gap_seconds", NEW."minimum_coverage", NEW."minimum_outage_seconds", NEW."missing_policy", NEW."name", NEW."pause_reasons", NEW."percentile_method", NEW."period_kind", NEW."period_start_month", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."planned_cap_seconds", NEW."planned_notice_days", NEW."position", NEW."priorities", NEW."priority_rule", NEW."reading_limit", NEW."reopen_days", NEW."schedule", NEW."sentence", NEW."service_hours_id", NEW."service_id", NEW."short_loss_words", NEW."short_name", NEW."slug", NEW."starts_on", NEW."tenant_id", NEW."threshold", NEW."unit_words", NEW."weighs_users", NEW."within_seconds", NEW."within_working_days"); RETURN NULL;',
                            hash="ba4ee43b39bf50322501af9935a79a64c0c06338",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_80af5",
                            table="slas_serviceleveltarget",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="serviceleveltarget",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "slas_serviceleveltargetevent" ("agreed_note", "agreement_id", "allowed_misses", "attribution", "bad_words", "clock_stop", "close_margin", "close_room", "component_id", "decimals", "degraded_share", "due_day", "due_minute", "ends_on", "excluded_work", "experienced_note", "good_words", "id", "is_least", "is_mandatory", "is_trial", "kind", "longest_pause_seconds", "loss_words", "meaning", "measure_id", "merge_gap_seconds", "minimum_coverage", "minimum_outage_seconds", "missing_policy", "name", "pause_reasons", "percentile_method", "period_kind", "period_start_month", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_cap_seconds", "planned_notice_days", "position", "priorities", "priority_rule", "reading_limit", "reopen_days", "schedule", "sentence", "service_hours_id", "service_id", "short_loss_words", "short_name", "slug", "starts_on", "tenant_id", "threshold", "unit_words", "weighs_users", "within_seconds", "within_working_days") VALUES (NEW."agreed_note", NEW."agreement_id", NEW."allowed_misses", NEW."attribution", NEW."bad_words", NEW."clock_stop", NEW."close_margin", NEW."close_room", NEW."component_id", NEW."decimals", NEW."degraded_share", NEW."due_day", NEW."due_minute", NEW."ends_on", NEW."excluded_work", NEW."experienced_note", NEW."good_words", NEW."id", NEW."is_least", NEW."is_mandatory", NEW."is_trial", NEW."kind", NEW."longest_pause_seconds", NEW."loss_words", NEW."meaning", NEW."measure_id", NEW."merge_gap_seconds", NEW."minimum_coverage", NEW."minimum_outage_seconds", NEW."missing_policy", NEW."name", NEW."pause_reasons", NEW."percentile_method", NEW."period_kind", NEW."period_start_month", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."planned_cap_seconds", NEW."planned_notice_days", NEW."position", NEW."priorities", NEW."priority_rule", NEW."reading_limit", NEW."reopen_days", NEW."schedule", NEW."sentence", NEW."service_hours_id", NEW."service_id", NEW."short_loss_words", NEW."short_name", NEW."slug", NEW."starts_on", NEW."tenant_id", NEW."threshold", NEW."unit_words", NEW."weighs_users", NEW."within_seconds", NEW."within_working_days"); RETURN NULL;',
                            hash="ff805da63c030f7a4affeca81640066a4ee32e00",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_24e69",
                            table="slas_serviceleveltarget",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="serviceleveltarget",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "slas_serviceleveltargetevent" ("agreed_note", "agreement_id", "allowed_misses", "attribution", "bad_words", "clock_stop", "close_margin", "close_room", "component_id", "decimals", "degraded_share", "due_day", "due_minute", "ends_on", "excluded_work", "experienced_note", "good_words", "id", "is_least", "is_mandatory", "is_trial", "kind", "longest_pause_seconds", "loss_words", "meaning", "measure_id", "merge_gap_seconds", "minimum_coverage", "minimum_outage_seconds", "missing_policy", "name", "pause_reasons", "percentile_method", "period_kind", "period_start_month", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_cap_seconds", "planned_notice_days", "position", "priorities", "priority_rule", "reading_limit", "reopen_days", "schedule", "sentence", "service_hours_id", "service_id", "short_loss_words", "short_name", "slug", "starts_on", "tenant_id", "threshold", "unit_words", "weighs_users", "within_seconds", "within_working_days") VALUES (OLD."agreed_note", OLD."agreement_id", OLD."allowed_misses", OLD."attribution", OLD."bad_words", OLD."clock_stop", OLD."close_margin", OLD."close_room", OLD."component_id", OLD."decimals", OLD."degraded_share", OLD."due_day", OLD."due_minute", OLD."ends_on", OLD."excluded_work", OLD."experienced_note", OLD."good_words", OLD."id", OLD."is_least", OLD."is_mandatory", OLD."is_trial", OLD."kind", OLD."longest_pause_seconds", OLD."loss_words", OLD."meaning", OLD."measure_id", OLD."merge_gap_seconds", OLD."minimum_coverage", OLD."minimum_outage_seconds", OLD."missing_policy", OLD."name", OLD."pause_reasons", OLD."percentile_method", OLD."period_kind", OLD."period_start_month", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."planned_cap_seconds", OLD."planned_notice_days", OLD."position", OLD."priorities", OLD."priority_rule", OLD."reading_limit", OLD."reopen_days", OLD."schedule", OLD."sentence", OLD."service_hours_id", OLD."service_id", OLD."short_loss_words", OLD."short_name", OLD."slug", OLD."starts_on", OLD."tenant_id", OLD."threshold", OLD."unit_words", OLD."weighs_users", OLD."within_seconds", OLD."within_working_days"); RETURN NULL;',
                            hash="62a01039e2dce03c99ee1de820c2e02a21e9cc72",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b93d7",
                            table="slas_serviceleveltarget",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="forecast",
                    constraint=models.UniqueConstraint(
                        fields=("tenant", "target", "period_start", "said_on"), name="forecast_said_once_a_day"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="forecast",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("runs__gt", 0), ("misses__lte", models.F("runs"))),
                        name="forecast_is_a_chance",
                    ),
                ),
                migrations.AddIndex(
                    model_name="dirtytarget",
                    index=models.Index(fields=["tenant", "target"], name="dirty_by_target"),
                ),
                migrations.AddIndex(
                    model_name="attainment",
                    index=models.Index(fields=["tenant", "period_start", "target"], name="attainment_by_period"),
                ),
                migrations.AddConstraint(
                    model_name="attainment",
                    constraint=models.UniqueConstraint(
                        fields=("tenant", "target", "period_start", "revision"), name="attainment_revision"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="attainment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                ["kept", "close", "missed", "at_risk", "trial", "disputed", "data_gap", "no_cases"],
                            )
                        ),
                        name="attainment_status_known",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="attainment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="closed_is_frozen",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."closed_at" IS NOT NULL)',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="0e6cb1c90ab51696f85cb23237c101b9202dd8f8",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_closed_is_frozen_6bd80",
                            table="slas_attainment",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="surveycount",
                    constraint=models.UniqueConstraint(fields=("tenant", "measure_id", "on"), name="survey_count_key"),
                ),
                migrations.AddConstraint(
                    model_name="surveycount",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("answers__lte", models.F("asked")), ("good__lte", models.F("answers"))),
                        name="survey_counts_in_order",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="targetproposal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("threshold__gte", 0), ("threshold__lte", 100)),
                        name="proposed_threshold_percent",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="targetproposal",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("is_accepted__isnull", True)),
                        fields=("tenant", "target"),
                        name="proposal_open_once",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="targetproposal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "slas_targetproposalevent" ("answer", "answer_due_on", "answered_at", "answered_by_id", "id", "is_accepted", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "target_id", "tenant_id", "threshold") VALUES (NEW."answer", NEW."answer_due_on", NEW."answered_at", NEW."answered_by_id", NEW."id", NEW."is_accepted", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."reason", NEW."target_id", NEW."tenant_id", NEW."threshold"); RETURN NULL;',
                            hash="f1a369da695afb19ea22b98ab344f60e23507de7",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_57658",
                            table="slas_targetproposal",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="targetproposal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "slas_targetproposalevent" ("answer", "answer_due_on", "answered_at", "answered_by_id", "id", "is_accepted", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "target_id", "tenant_id", "threshold") VALUES (NEW."answer", NEW."answer_due_on", NEW."answered_at", NEW."answered_by_id", NEW."id", NEW."is_accepted", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."reason", NEW."target_id", NEW."tenant_id", NEW."threshold"); RETURN NULL;',
                            hash="9597bfc243317651c7619b86ca7682e716d038d4",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_4065b",
                            table="slas_targetproposal",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="targetproposal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "slas_targetproposalevent" ("answer", "answer_due_on", "answered_at", "answered_by_id", "id", "is_accepted", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "target_id", "tenant_id", "threshold") VALUES (OLD."answer", OLD."answer_due_on", OLD."answered_at", OLD."answered_by_id", OLD."id", OLD."is_accepted", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."proposed_at", OLD."proposed_by_id", OLD."reason", OLD."target_id", OLD."tenant_id", OLD."threshold"); RETURN NULL;',
                            hash="539ceaff39e90cdef099691e2fbe4fe3e0999b58",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_3b4d0",
                            table="slas_targetproposal",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="volume",
                    constraint=models.UniqueConstraint(fields=("tenant", "measure_id", "on"), name="volume_key"),
                ),
                migrations.AddConstraint(
                    model_name="volume",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("total__gte", 0)), name="volume_not_negative"
                    ),
                ),
            ]
        ),
    ]
