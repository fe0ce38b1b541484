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
        ("conversations", "0001_initial"),
        ("improvement", "0001_initial"),
        ("slas", "0001_initial"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="Figure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("anchor", models.CharField(max_length=120)),
                        ("name", models.CharField(max_length=200)),
                        ("printed", models.CharField(max_length=80)),
                        ("status", models.CharField(blank=True, max_length=10)),
                        ("proof", models.JSONField(default=dict)),
                    ],
                ),
                migrations.CreateModel(
                    name="FigureAcknowledgement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="FollowUp",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.CharField(max_length=300)),
                        ("due_on", models.DateField()),
                        ("state_words", models.CharField(blank=True, max_length=80)),
                        ("done_on", models.DateField(blank=True, null=True)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="FollowUpEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("text", models.CharField(max_length=300)),
                        ("due_on", models.DateField()),
                        ("state_words", models.CharField(blank=True, max_length=80)),
                        ("done_on", models.DateField(blank=True, null=True)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        "abstract": False,
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="GoalMeasure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("baseline_month", models.DateField(blank=True, null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="GoalMeasureEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("baseline_month", models.DateField(blank=True, null=True)),
                    ],
                    options={
                        "abstract": False,
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="ImpactHour",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("weekday", models.PositiveSmallIntegerField()),
                        ("hour", models.PositiveSmallIntegerField()),
                        ("units", models.PositiveIntegerField()),
                    ],
                ),
                migrations.CreateModel(
                    name="ImpactProfile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("unit_words", models.CharField(max_length=60)),
                        ("lost_share_low", models.DecimalField(decimal_places=4, max_digits=5)),
                        ("lost_share_high", models.DecimalField(decimal_places=4, max_digits=5)),
                        ("unit_value_minor", models.BigIntegerField()),
                        ("confirmed_on", models.DateField()),
                    ],
                ),
                migrations.CreateModel(
                    name="ImpactProfileEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("unit_words", models.CharField(max_length=60)),
                        ("lost_share_low", models.DecimalField(decimal_places=4, max_digits=5)),
                        ("lost_share_high", models.DecimalField(decimal_places=4, max_digits=5)),
                        ("unit_value_minor", models.BigIntegerField()),
                        ("confirmed_on", models.DateField()),
                    ],
                    options={
                        "abstract": False,
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="ImprovementOrigin",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ReportAgreement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveSmallIntegerField(default=1)),
                        ("agreed_on", models.DateField(blank=True, null=True)),
                        ("agreed_by_business", models.CharField(blank=True, max_length=120)),
                        ("agreed_by_it", models.CharField(blank=True, max_length=120)),
                        ("issue_working_day", models.PositiveSmallIntegerField(default=5)),
                        (
                            "answer_working_days",
                            models.PositiveSmallIntegerField(
                                default=5, help_text="In which the business answers a review."
                            ),
                        ),
                        (
                            "felt_by_words",
                            models.CharField(
                                default="you",
                                help_text="For example “your customers”: as your customers felt it.",
                                max_length=60,
                                verbose_name="who feels it",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ReportAgreementEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("version", models.PositiveSmallIntegerField(default=1)),
                        ("agreed_on", models.DateField(blank=True, null=True)),
                        ("agreed_by_business", models.CharField(blank=True, max_length=120)),
                        ("agreed_by_it", models.CharField(blank=True, max_length=120)),
                        ("issue_working_day", models.PositiveSmallIntegerField(default=5)),
                        (
                            "answer_working_days",
                            models.PositiveSmallIntegerField(
                                default=5, help_text="In which the business answers a review."
                            ),
                        ),
                        (
                            "felt_by_words",
                            models.CharField(
                                default="you",
                                help_text="For example “your customers”: as your customers felt it.",
                                max_length=60,
                                verbose_name="who feels it",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="ReviewAcknowledgement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="ReviewParagraph",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("anchor", models.CharField(max_length=120)),
                        ("section", models.CharField(max_length=30)),
                        ("position", models.PositiveSmallIntegerField()),
                        ("mark", models.CharField(blank=True, max_length=12)),
                        ("text", models.TextField(max_length=2000)),
                        ("drafted_text", models.TextField(max_length=2000)),
                        ("edited_at", models.DateTimeField(blank=True, null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="ReviewParagraphEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("anchor", models.CharField(max_length=120)),
                        ("section", models.CharField(max_length=30)),
                        ("position", models.PositiveSmallIntegerField()),
                        ("mark", models.CharField(blank=True, max_length=12)),
                        ("text", models.TextField(max_length=2000)),
                        ("drafted_text", models.TextField(max_length=2000)),
                        ("edited_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "abstract": False,
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="ReviewThread",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("anchor", models.CharField(max_length=120)),
                        ("anchor_words", models.CharField(max_length=120)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("comment", "Comment"), ("question", "Question"), ("dispute", "Dispute")],
                                default="comment",
                                max_length=8,
                            ),
                        ),
                        ("answer_due_at", models.DateTimeField(blank=True, null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="ServiceReview",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("month", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "Draft"), ("issued", "Issued"), ("acknowledged", "Acknowledged")],
                                default="draft",
                                max_length=12,
                            ),
                        ),
                        ("drafted_at", models.DateTimeField(blank=True, null=True)),
                        ("issued_at", models.DateTimeField(blank=True, null=True)),
                        ("answer_due_on", models.DateField(blank=True, null=True)),
                        ("meeting_at", models.DateTimeField(blank=True, null=True)),
                        ("meeting_minutes", models.PositiveSmallIntegerField(default=45)),
                    ],
                ),
                migrations.CreateModel(
                    name="ServiceReviewEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("month", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "Draft"), ("issued", "Issued"), ("acknowledged", "Acknowledged")],
                                default="draft",
                                max_length=12,
                            ),
                        ),
                        ("drafted_at", models.DateTimeField(blank=True, null=True)),
                        ("issued_at", models.DateTimeField(blank=True, null=True)),
                        ("answer_due_on", models.DateField(blank=True, null=True)),
                        ("meeting_at", models.DateTimeField(blank=True, null=True)),
                        ("meeting_minutes", models.PositiveSmallIntegerField(default=45)),
                    ],
                    options={
                        "abstract": False,
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="ServiceThread",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ValueStatement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("slug", models.CharField(max_length=80)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("lost_units", "Units of work never done, because the service was down"),
                                    ("shifted_units", "Work saved, because a larger share is done the cheaper way"),
                                    ("fewer_units", "Fewer unwanted units a month since an improvement"),
                                ],
                                max_length=14,
                            ),
                        ),
                        (
                            "grade",
                            models.CharField(
                                choices=[
                                    ("A", "Confirmed by the business"),
                                    ("B", "Measured"),
                                    ("C", "Estimated by an agreed method"),
                                    ("D", "Assumed"),
                                ],
                                max_length=1,
                            ),
                        ),
                        ("unit_words", models.CharField(max_length=60)),
                        (
                            "cause_words",
                            models.CharField(
                                help_text="What brought it about, for example “Re-order lists”.", max_length=200
                            ),
                        ),
                        (
                            "result_words",
                            models.CharField(
                                help_text="Said under the range, for example “saved a month”.", max_length=80
                            ),
                        ),
                        (
                            "low_rate",
                            models.DecimalField(
                                blank=True,
                                decimal_places=4,
                                help_text="Minutes or minor units of money for one unit, careful side.",
                                max_digits=10,
                                null=True,
                            ),
                        ),
                        ("high_rate", models.DecimalField(blank=True, decimal_places=4, max_digits=10, null=True)),
                        ("baseline_month", models.DateField(blank=True, null=True)),
                        ("confirmed_by_words", models.CharField(blank=True, max_length=120)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name="ValueStatementEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("slug", models.CharField(max_length=80)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("lost_units", "Units of work never done, because the service was down"),
                                    ("shifted_units", "Work saved, because a larger share is done the cheaper way"),
                                    ("fewer_units", "Fewer unwanted units a month since an improvement"),
                                ],
                                max_length=14,
                            ),
                        ),
                        (
                            "grade",
                            models.CharField(
                                choices=[
                                    ("A", "Confirmed by the business"),
                                    ("B", "Measured"),
                                    ("C", "Estimated by an agreed method"),
                                    ("D", "Assumed"),
                                ],
                                max_length=1,
                            ),
                        ),
                        ("unit_words", models.CharField(max_length=60)),
                        (
                            "cause_words",
                            models.CharField(
                                help_text="What brought it about, for example “Re-order lists”.", max_length=200
                            ),
                        ),
                        (
                            "result_words",
                            models.CharField(
                                help_text="Said under the range, for example “saved a month”.", max_length=80
                            ),
                        ),
                        (
                            "low_rate",
                            models.DecimalField(
                                blank=True,
                                decimal_places=4,
                                help_text="Minutes or minor units of money for one unit, careful side.",
                                max_digits=10,
                                null=True,
                            ),
                        ),
                        ("high_rate", models.DecimalField(blank=True, decimal_places=4, max_digits=10, null=True)),
                        ("baseline_month", models.DateField(blank=True, null=True)),
                        ("confirmed_by_words", models.CharField(blank=True, max_length=120)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        "abstract": False,
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="ContextRequest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=120)),
                        ("question", models.CharField(max_length=500)),
                        ("purpose", models.CharField(max_length=300)),
                        ("asked_at", models.DateTimeField()),
                        ("due_on", models.DateField()),
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
                            "asked_by",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
                            ),
                        ),
                        (
                            "business_unit",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="context_requests",
                                to="accounts.businessunit",
                            ),
                        ),
                        (
                            "service",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
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
                    name="ContextRequestEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("title", models.CharField(max_length=120)),
                        ("question", models.CharField(max_length=500)),
                        ("purpose", models.CharField(max_length=300)),
                        ("asked_at", models.DateTimeField()),
                        ("due_on", models.DateField()),
                        ("answer", models.TextField(blank=True, max_length=2000)),
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
                            "asked_by",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.membership",
                            ),
                        ),
                        (
                            "business_unit",
                            portal.tenancy.fields.TenantForeignKey(
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
                                to="reporting.contextrequest",
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
                    name="Dispute",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("raised_at", models.DateTimeField()),
                        ("reason", models.TextField(max_length=2000)),
                        ("claimed_from", models.DateTimeField(blank=True, null=True)),
                        ("claimed_until", models.DateTimeField(blank=True, null=True)),
                        ("claimed_result", models.JSONField(blank=True, null=True)),
                        ("answer_due_at", models.DateTimeField(blank=True, null=True)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "is_agreed",
                            models.BooleanField(blank=True, help_text="IT agrees with the claim.", null=True),
                        ),
                        ("settle_due_at", models.DateTimeField(blank=True, null=True)),
                        ("settled_at", models.DateTimeField(blank=True, null=True)),
                        ("outcome", models.CharField(blank=True, max_length=10)),
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
                            "raised_by",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
                            ),
                        ),
                        (
                            "settled_by",
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
                    name="DisputeEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("raised_at", models.DateTimeField()),
                        ("reason", models.TextField(max_length=2000)),
                        ("claimed_from", models.DateTimeField(blank=True, null=True)),
                        ("claimed_until", models.DateTimeField(blank=True, null=True)),
                        ("claimed_result", models.JSONField(blank=True, null=True)),
                        ("answer_due_at", models.DateTimeField(blank=True, null=True)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "is_agreed",
                            models.BooleanField(blank=True, help_text="IT agrees with the claim.", null=True),
                        ),
                        ("settle_due_at", models.DateTimeField(blank=True, null=True)),
                        ("settled_at", models.DateTimeField(blank=True, null=True)),
                        ("outcome", models.CharField(blank=True, max_length=10)),
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
                                to="reporting.dispute",
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
                            "settled_by",
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
                    name="Edition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("reason", models.CharField(blank=True, max_length=1000)),
                        ("issued_at", models.DateTimeField()),
                        ("page", models.JSONField()),
                        ("page_hash", models.CharField(max_length=64)),
                        ("check_code", models.CharField(max_length=9)),
                        (
                            "issued_by",
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
                migrations.AddField(
                    model_name="figure",
                    name="attainment",
                    field=portal.tenancy.fields.TenantForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="slas.attainment"
                    ),
                ),
                migrations.AddField(
                    model_name="figure",
                    name="edition",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="figures", to="reporting.edition"
                    ),
                ),
                migrations.AddField(
                    model_name="figure",
                    name="target",
                    field=portal.tenancy.fields.TenantForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="slas.serviceleveltarget",
                    ),
                ),
                migrations.AddField(
                    model_name="figure",
                    name="tenant",
                    field=models.ForeignKey(
                        default=portal.tenancy.scope.required_tenant_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.tenant",
                    ),
                ),
                migrations.AddField(
                    model_name="disputeevent",
                    name="figure",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="reporting.figure",
                    ),
                ),
                migrations.AddField(
                    model_name="dispute",
                    name="figure",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="disputes", to="reporting.figure"
                    ),
                ),
                migrations.AddField(
                    model_name="figureacknowledgement",
                    name="by",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
                    ),
                ),
                migrations.AddField(
                    model_name="figureacknowledgement",
                    name="figure",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acknowledgements",
                        to="reporting.figure",
                    ),
                ),
                migrations.AddField(
                    model_name="figureacknowledgement",
                    name="tenant",
                    field=models.ForeignKey(
                        default=portal.tenancy.scope.required_tenant_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.tenant",
                    ),
                ),
                migrations.AddField(
                    model_name="followup",
                    name="owner",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
                    ),
                ),
                migrations.AddField(
                    model_name="followup",
                    name="tenant",
                    field=models.ForeignKey(
                        default=portal.tenancy.scope.required_tenant_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.tenant",
                    ),
                ),
                migrations.AddField(
                    model_name="followupevent",
                    name="owner",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.membership",
                    ),
                ),
                migrations.AddField(
                    model_name="followupevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="reporting.followup",
                    ),
                ),
                migrations.AddField(
                    model_name="followupevent",
                    name="tenant",
                    field=models.ForeignKey(
                        db_constraint=False,
                        default=portal.tenancy.scope.required_tenant_id,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tenancy.tenant",
                    ),
                ),
                migrations.AddField(
                    model_name="goalmeasure",
                    name="goal",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="goal_measures",
                        to="catalog.businessgoal",
                    ),
                ),
                migrations.AddField(
                    model_name="goalmeasure",
                    name="measure",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="slas.measure"
                    ),
                ),
                migrations.AddField(
                    model_name="goalmeasure",
                    name="tenant",
                    field=models.ForeignKey(
                        default=portal.tenancy.scope.required_tenant_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.tenant",
                    ),
                ),
                migrations.AddField(
                    model_name="goalmeasureevent",
                    name="goal",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="catalog.businessgoal",
                    ),
                ),
                migrations.AddField(
                    model_name="goalmeasureevent",
                    name="measure",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="slas.measure",
                    ),
                ),
                migrations.AddField(
                    model_name="goalmeasureevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="reporting.goalmeasure",
                    ),
                ),
                migrations.AddField(
                    model_name="goalmeasureevent",
                    name="tenant",
                    field=models.ForeignKey(
                        db_constraint=False,
                        default=portal.tenancy.scope.required_tenant_id,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tenancy.tenant",
                    ),
                ),
                migrations.AddField(
                    model_name="impacthour",
                    name="tenant",
                    field=models.ForeignKey(
                        default=portal.tenancy.scope.required_tenant_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.tenant",
                    ),
                ),
                migrations.AddField(
                    model_name="impactprofile",
                    name="business_unit",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="impact_profiles",
                        to="accounts.businessunit",
                    ),
                ),
                migrations.AddField(
                    model_name="impactprofile",
                    name="confirmed_by",
                    field=portal.tenancy.fields.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                migrations.AddField(
                    model_name="impactprofile",
                    name="service",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="impact_profiles",
                        to="catalog.service",
                    ),
                ),
                migrations.AddField(
                    model_name="impactprofile",
                    name="tenant",
                    field=models.ForeignKey(
                        default=portal.tenancy.scope.required_tenant_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.tenant",
                    ),
                ),
                migrations.AddField(
                    model_name="impacthour",
                    name="profile",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="hours", to="reporting.impactprofile"
                    ),
                ),
                migrations.AddField(
                    model_name="impactprofileevent",
                    name="business_unit",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.businessunit",
                    ),
                ),
                migrations.AddField(
                    model_name="impactprofileevent",
                    name="confirmed_by",
                    field=portal.tenancy.fields.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.membership",
                    ),
                ),
                migrations.AddField(
                    model_name="impactprofileevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="reporting.impactprofile",
                    ),
                ),
                migrations.AddField(
                    model_name="impactprofileevent",
                    name="service",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="catalog.service",
                    ),
                ),
                migrations.AddField(
                    model_name="impactprofileevent",
                    name="tenant",
                    field=models.ForeignKey(
                        db_constraint=False,
                        default=portal.tenancy.scope.required_tenant_id,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tenancy.tenant",
                    ),
                ),
                migrations.AddField(
                    model_name="improvementorigin",
                    name="comment",
                    field=portal.tenancy.fields.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="improvements",
                        to="conversations.comment",
                    ),
                ),
                migrations.AddField(
                    model_name="improvementorigin",
                    name="dispute",
                    field=portal.tenancy.fields.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="improvements",
                        to="reporting.dispute",
                    ),
                ),
                migrations.AddField(
                    model_name="improvementorigin",
                    name="figure",
                    field=portal.tenancy.fields.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="improvements",
                        to="reporting.figure",
                    ),
                ),
                migrations.AddField(
                    model_name="improvementorigin",
                    name="improvement",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="origins",
                        to="improvement.improvementopportunity",
                    ),
                ),
                migrations.AddField(
                    model_name="improvementorigin",
                    name="tenant",
                    field=models.ForeignKey(
                        default=portal.tenancy.scope.required_tenant_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.tenant",
                    ),
                ),
                migrations.AddField(
                    model_name="reportagreement",
                    name="business_unit",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report_agreements",
                        to="accounts.businessunit",
                    ),
                ),
                migrations.AddField(
                    model_name="reportagreement",
                    name="tenant",
                    field=models.ForeignKey(
                        default=portal.tenancy.scope.required_tenant_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.tenant",
                    ),
                ),
                migrations.AddField(
                    model_name="reportagreementevent",
                    name="business_unit",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.businessunit",
                    ),
                ),
                migrations.AddField(
                    model_name="reportagreementevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="reporting.reportagreement",
                    ),
                ),
                migrations.AddField(
                    model_name="reportagreementevent",
                    name="tenant",
                    field=models.ForeignKey(
                        db_constraint=False,
                        default=portal.tenancy.scope.required_tenant_id,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tenancy.tenant",
                    ),
                ),
                migrations.AddField(
                    model_name="reviewacknowledgement",
                    name="by",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
                    ),
                ),
                migrations.AddField(
                    model_name="reviewacknowledgement",
                    name="edition",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acknowledgements",
                        to="reporting.edition",
                    ),
                ),
                migrations.AddField(
                    model_name="reviewacknowledgement",
                    name="tenant",
                    field=models.ForeignKey(
                        default=portal.tenancy.scope.required_tenant_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.tenant",
                    ),
                ),
                migrations.AddField(
                    model_name="reviewparagraph",
                    name="edited_by",
                    field=portal.tenancy.fields.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                migrations.AddField(
                    model_name="reviewparagraph",
                    name="tenant",
                    field=models.ForeignKey(
                        default=portal.tenancy.scope.required_tenant_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.tenant",
                    ),
                ),
                migrations.AddField(
                    model_name="reviewparagraphevent",
                    name="edited_by",
                    field=portal.tenancy.fields.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.membership",
                    ),
                ),
                migrations.AddField(
                    model_name="reviewparagraphevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="reporting.reviewparagraph",
                    ),
                ),
                migrations.AddField(
                    model_name="reviewparagraphevent",
                    name="tenant",
                    field=models.ForeignKey(
                        db_constraint=False,
                        default=portal.tenancy.scope.required_tenant_id,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tenancy.tenant",
                    ),
                ),
                migrations.AddField(
                    model_name="reviewthread",
                    name="conversation",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="review_threads",
                        to="conversations.conversation",
                    ),
                ),
                migrations.AddField(
                    model_name="reviewthread",
                    name="edition",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="threads", to="reporting.edition"
                    ),
                ),
                migrations.AddField(
                    model_name="reviewthread",
                    name="tenant",
                    field=models.ForeignKey(
                        default=portal.tenancy.scope.required_tenant_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.tenant",
                    ),
                ),
                migrations.AddField(
                    model_name="disputeevent",
                    name="thread",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="reporting.reviewthread",
                    ),
                ),
                migrations.AddField(
                    model_name="dispute",
                    name="thread",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disputes",
                        to="reporting.reviewthread",
                    ),
                ),
                migrations.AddField(
                    model_name="servicereview",
                    name="business_unit",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="accounts.businessunit"
                    ),
                ),
                migrations.AddField(
                    model_name="servicereview",
                    name="prepared_by",
                    field=portal.tenancy.fields.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                migrations.AddField(
                    model_name="servicereview",
                    name="report_agreement",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="reporting.reportagreement",
                    ),
                ),
                migrations.AddField(
                    model_name="servicereview",
                    name="tenant",
                    field=models.ForeignKey(
                        default=portal.tenancy.scope.required_tenant_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.tenant",
                    ),
                ),
                migrations.AddField(
                    model_name="reviewparagraphevent",
                    name="review",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="reporting.servicereview",
                    ),
                ),
                migrations.AddField(
                    model_name="reviewparagraph",
                    name="review",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="paragraphs",
                        to="reporting.servicereview",
                    ),
                ),
                migrations.AddField(
                    model_name="followupevent",
                    name="review",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="reporting.servicereview",
                    ),
                ),
                migrations.AddField(
                    model_name="followup",
                    name="review",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_ups",
                        to="reporting.servicereview",
                    ),
                ),
                migrations.AddField(
                    model_name="edition",
                    name="review",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="reporting.servicereview",
                    ),
                ),
                migrations.AddField(
                    model_name="servicereviewevent",
                    name="business_unit",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.businessunit",
                    ),
                ),
                migrations.AddField(
                    model_name="servicereviewevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="reporting.servicereview",
                    ),
                ),
                migrations.AddField(
                    model_name="servicereviewevent",
                    name="prepared_by",
                    field=portal.tenancy.fields.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.membership",
                    ),
                ),
                migrations.AddField(
                    model_name="servicereviewevent",
                    name="report_agreement",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="reporting.reportagreement",
                    ),
                ),
                migrations.AddField(
                    model_name="servicereviewevent",
                    name="tenant",
                    field=models.ForeignKey(
                        db_constraint=False,
                        default=portal.tenancy.scope.required_tenant_id,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tenancy.tenant",
                    ),
                ),
                migrations.AddField(
                    model_name="servicethread",
                    name="conversation",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="service_threads",
                        to="conversations.conversation",
                    ),
                ),
                migrations.AddField(
                    model_name="servicethread",
                    name="service",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="threads", to="catalog.service"
                    ),
                ),
                migrations.AddField(
                    model_name="servicethread",
                    name="tenant",
                    field=models.ForeignKey(
                        default=portal.tenancy.scope.required_tenant_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.tenant",
                    ),
                ),
                migrations.AddField(
                    model_name="valuestatement",
                    name="business_unit",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="value_statements",
                        to="accounts.businessunit",
                    ),
                ),
                migrations.AddField(
                    model_name="valuestatement",
                    name="goal",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="value_statements",
                        to="catalog.businessgoal",
                    ),
                ),
                migrations.AddField(
                    model_name="valuestatement",
                    name="improvement",
                    field=portal.tenancy.fields.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="improvement.improvementopportunity",
                    ),
                ),
                migrations.AddField(
                    model_name="valuestatement",
                    name="measure",
                    field=portal.tenancy.fields.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="slas.measure",
                    ),
                ),
                migrations.AddField(
                    model_name="valuestatement",
                    name="profile",
                    field=portal.tenancy.fields.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reporting.impactprofile",
                    ),
                ),
                migrations.AddField(
                    model_name="valuestatement",
                    name="target",
                    field=portal.tenancy.fields.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="slas.serviceleveltarget",
                    ),
                ),
                migrations.AddField(
                    model_name="valuestatement",
                    name="tenant",
                    field=models.ForeignKey(
                        default=portal.tenancy.scope.required_tenant_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.tenant",
                    ),
                ),
                migrations.AddField(
                    model_name="valuestatementevent",
                    name="business_unit",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.businessunit",
                    ),
                ),
                migrations.AddField(
                    model_name="valuestatementevent",
                    name="goal",
                    field=portal.tenancy.fields.TenantForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="catalog.businessgoal",
                    ),
                ),
                migrations.AddField(
                    model_name="valuestatementevent",
                    name="improvement",
                    field=portal.tenancy.fields.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="improvement.improvementopportunity",
                    ),
                ),
                migrations.AddField(
                    model_name="valuestatementevent",
                    name="measure",
                    field=portal.tenancy.fields.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="slas.measure",
                    ),
                ),
                migrations.AddField(
                    model_name="valuestatementevent",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="reporting.valuestatement",
                    ),
                ),
                migrations.AddField(
                    model_name="valuestatementevent",
                    name="profile",
                    field=portal.tenancy.fields.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="reporting.impactprofile",
                    ),
                ),
                migrations.AddField(
                    model_name="valuestatementevent",
                    name="target",
                    field=portal.tenancy.fields.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="slas.serviceleveltarget",
                    ),
                ),
                migrations.AddField(
                    model_name="valuestatementevent",
                    name="tenant",
                    field=models.ForeignKey(
                        db_constraint=False,
                        default=portal.tenancy.scope.required_tenant_id,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tenancy.tenant",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contextrequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_contextrequestevent" ("answer", "answered_at", "answered_by_id", "asked_at", "asked_by_id", "business_unit_id", "due_on", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "question", "service_id", "tenant_id", "title") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."asked_at", NEW."asked_by_id", NEW."business_unit_id", NEW."due_on", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."purpose", NEW."question", NEW."service_id", NEW."tenant_id", NEW."title"); RETURN NULL;',
                            hash="76a19b416abca4b6a22d6bc4b72f601dd33b1896",
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
                            func='INSERT INTO "reporting_contextrequestevent" ("answer", "answered_at", "answered_by_id", "asked_at", "asked_by_id", "business_unit_id", "due_on", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "question", "service_id", "tenant_id", "title") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."asked_at", NEW."asked_by_id", NEW."business_unit_id", NEW."due_on", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."purpose", NEW."question", NEW."service_id", NEW."tenant_id", NEW."title"); RETURN NULL;',
                            hash="4bc82f04fd23e9293d27810e0a48f3da58a67fb7",
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
                            func='INSERT INTO "reporting_contextrequestevent" ("answer", "answered_at", "answered_by_id", "asked_at", "asked_by_id", "business_unit_id", "due_on", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "question", "service_id", "tenant_id", "title") VALUES (OLD."answer", OLD."answered_at", OLD."answered_by_id", OLD."asked_at", OLD."asked_by_id", OLD."business_unit_id", OLD."due_on", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."purpose", OLD."question", OLD."service_id", OLD."tenant_id", OLD."title"); RETURN NULL;',
                            hash="8466079a12b06f9df4628d9875d3f92a45cd9b80",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b1a6a",
                            table="reporting_contextrequest",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="figure",
                    constraint=models.UniqueConstraint(fields=("tenant", "edition", "anchor"), name="figure_anchor"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="figure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="figure_is_frozen",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="88900516b46650138d1bad9c5c09fba5ce9accbf",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_figure_is_frozen_f734e",
                            table="reporting_figure",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="figureacknowledgement",
                    constraint=models.UniqueConstraint(
                        fields=("tenant", "figure", "by"), name="figure_acknowledged_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="goalmeasure",
                    constraint=models.UniqueConstraint(fields=("tenant", "goal"), name="goal_measure_once"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="goalmeasure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_goalmeasureevent" ("baseline_month", "goal_id", "id", "measure_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tenant_id") VALUES (NEW."baseline_month", NEW."goal_id", NEW."id", NEW."measure_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."tenant_id"); RETURN NULL;',
                            hash="cf513e6e0ad9b0ee39610f9cbcf4de499c4cd320",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_29cfa",
                            table="reporting_goalmeasure",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="goalmeasure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "reporting_goalmeasureevent" ("baseline_month", "goal_id", "id", "measure_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tenant_id") VALUES (NEW."baseline_month", NEW."goal_id", NEW."id", NEW."measure_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."tenant_id"); RETURN NULL;',
                            hash="52a80d2f6671b92719e7edef8d363a3240db8b77",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_9892a",
                            table="reporting_goalmeasure",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="goalmeasure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_goalmeasureevent" ("baseline_month", "goal_id", "id", "measure_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tenant_id") VALUES (OLD."baseline_month", OLD."goal_id", OLD."id", OLD."measure_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."tenant_id"); RETURN NULL;',
                            hash="318e3cd3ad619119918ae735b93159dd3ae5d6a8",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_c31d6",
                            table="reporting_goalmeasure",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="impactprofile",
                    constraint=models.UniqueConstraint(
                        fields=("tenant", "service", "business_unit"), name="impact_profile_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="impactprofile",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("lost_share_high__lte", 1),
                            ("lost_share_low__gte", 0),
                            ("lost_share_low__lte", models.F("lost_share_high")),
                        ),
                        name="lost_share_in_order",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="impactprofile",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_impactprofileevent" ("business_unit_id", "confirmed_by_id", "confirmed_on", "id", "lost_share_high", "lost_share_low", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "tenant_id", "unit_value_minor", "unit_words") VALUES (NEW."business_unit_id", NEW."confirmed_by_id", NEW."confirmed_on", NEW."id", NEW."lost_share_high", NEW."lost_share_low", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."service_id", NEW."tenant_id", NEW."unit_value_minor", NEW."unit_words"); RETURN NULL;',
                            hash="9430350ed74397e873b1c4322f24bfb7d5b3ed29",
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
                            func='INSERT INTO "reporting_impactprofileevent" ("business_unit_id", "confirmed_by_id", "confirmed_on", "id", "lost_share_high", "lost_share_low", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "tenant_id", "unit_value_minor", "unit_words") VALUES (NEW."business_unit_id", NEW."confirmed_by_id", NEW."confirmed_on", NEW."id", NEW."lost_share_high", NEW."lost_share_low", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."service_id", NEW."tenant_id", NEW."unit_value_minor", NEW."unit_words"); RETURN NULL;',
                            hash="71c475def0bdad0c4cd604a10b575adbfa9cc651",
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
                            func='INSERT INTO "reporting_impactprofileevent" ("business_unit_id", "confirmed_by_id", "confirmed_on", "id", "lost_share_high", "lost_share_low", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "tenant_id", "unit_value_minor", "unit_words") VALUES (OLD."business_unit_id", OLD."confirmed_by_id", OLD."confirmed_on", OLD."id", OLD."lost_share_high", OLD."lost_share_low", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."service_id", OLD."tenant_id", OLD."unit_value_minor", OLD."unit_words"); RETURN NULL;',
                            hash="6239f91424352788c36d73fc1bc9d70130aa3360",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_40112",
                            table="reporting_impactprofile",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="impacthour",
                    constraint=models.UniqueConstraint(
                        fields=("tenant", "profile", "weekday", "hour"), name="impact_hour_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="impacthour",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("hour__lte", 23), ("weekday__lte", 6)), name="impact_hour_in_week"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="improvementorigin",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("figure__isnull", False),
                            ("comment__isnull", False),
                            ("dispute__isnull", False),
                            _connector="OR",
                        ),
                        name="origin_is_named",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reportagreement",
                    constraint=models.UniqueConstraint(
                        fields=("tenant", "business_unit", "version"), name="report_agreement_version"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reportagreement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreed_by_business", ""), ("agreed_on__isnull", True)),
                            models.Q(
                                ("agreed_on__isnull", False),
                                models.Q(("agreed_by_business", ""), _negated=True),
                                models.Q(("agreed_by_it", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="report_agreement_accepted_by_name",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reportagreement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_reportagreementevent" ("agreed_by_business", "agreed_by_it", "agreed_on", "answer_working_days", "business_unit_id", "felt_by_words", "id", "issue_working_day", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tenant_id", "version") VALUES (NEW."agreed_by_business", NEW."agreed_by_it", NEW."agreed_on", NEW."answer_working_days", NEW."business_unit_id", NEW."felt_by_words", NEW."id", NEW."issue_working_day", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."tenant_id", NEW."version"); RETURN NULL;',
                            hash="404c91ef1e01574cdb0f295c00a99b66b43e9ed6",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_58f3d",
                            table="reporting_reportagreement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reportagreement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "reporting_reportagreementevent" ("agreed_by_business", "agreed_by_it", "agreed_on", "answer_working_days", "business_unit_id", "felt_by_words", "id", "issue_working_day", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tenant_id", "version") VALUES (NEW."agreed_by_business", NEW."agreed_by_it", NEW."agreed_on", NEW."answer_working_days", NEW."business_unit_id", NEW."felt_by_words", NEW."id", NEW."issue_working_day", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."tenant_id", NEW."version"); RETURN NULL;',
                            hash="2bca8cabd9cdd60bfd52f5e895690e300c516311",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_35f7c",
                            table="reporting_reportagreement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reportagreement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_reportagreementevent" ("agreed_by_business", "agreed_by_it", "agreed_on", "answer_working_days", "business_unit_id", "felt_by_words", "id", "issue_working_day", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tenant_id", "version") VALUES (OLD."agreed_by_business", OLD."agreed_by_it", OLD."agreed_on", OLD."answer_working_days", OLD."business_unit_id", OLD."felt_by_words", OLD."id", OLD."issue_working_day", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."tenant_id", OLD."version"); RETURN NULL;',
                            hash="02ba21aac35a026923d3b903778bc4679e0f0d89",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_35d19",
                            table="reporting_reportagreement",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reviewacknowledgement",
                    constraint=models.UniqueConstraint(fields=("tenant", "edition"), name="edition_acknowledged_once"),
                ),
                migrations.AddConstraint(
                    model_name="reviewthread",
                    constraint=models.UniqueConstraint(
                        fields=("tenant", "conversation"), name="review_thread_conversation"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reviewthread",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind__in", ["comment", "question", "dispute"])),
                        name="review_thread_kind_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dispute",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("settled_at__isnull", True)),
                        fields=("tenant", "figure"),
                        name="one_open_dispute",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dispute",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("claimed_from__isnull", True), ("claimed_until__isnull", True)),
                            models.Q(
                                ("claimed_from__isnull", False),
                                ("claimed_until__gt", models.F("claimed_from")),
                                ("claimed_until__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="claim_ends_after_start",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dispute",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", ""), ("settled_at__isnull", True)),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("outcome__in", ["corrected", "kept"]),
                                ("settled_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="dispute_settled_after_answer",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dispute",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_disputeevent" ("answer_due_at", "answered_at", "answered_by_id", "claimed_from", "claimed_result", "claimed_until", "figure_id", "id", "is_agreed", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_at", "raised_by_id", "reason", "settle_due_at", "settled_at", "settled_by_id", "tenant_id", "thread_id") VALUES (NEW."answer_due_at", NEW."answered_at", NEW."answered_by_id", NEW."claimed_from", NEW."claimed_result", NEW."claimed_until", NEW."figure_id", NEW."id", NEW."is_agreed", NEW."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."raised_at", NEW."raised_by_id", NEW."reason", NEW."settle_due_at", NEW."settled_at", NEW."settled_by_id", NEW."tenant_id", NEW."thread_id"); RETURN NULL;',
                            hash="fa4ded0af6241a95ac5e92eaf19a7631aa5830c7",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_83246",
                            table="reporting_dispute",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dispute",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "reporting_disputeevent" ("answer_due_at", "answered_at", "answered_by_id", "claimed_from", "claimed_result", "claimed_until", "figure_id", "id", "is_agreed", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_at", "raised_by_id", "reason", "settle_due_at", "settled_at", "settled_by_id", "tenant_id", "thread_id") VALUES (NEW."answer_due_at", NEW."answered_at", NEW."answered_by_id", NEW."claimed_from", NEW."claimed_result", NEW."claimed_until", NEW."figure_id", NEW."id", NEW."is_agreed", NEW."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."raised_at", NEW."raised_by_id", NEW."reason", NEW."settle_due_at", NEW."settled_at", NEW."settled_by_id", NEW."tenant_id", NEW."thread_id"); RETURN NULL;',
                            hash="3e5161c3cf6e196a83ffbdc4f7ee0c59f5fc8888",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_4d081",
                            table="reporting_dispute",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dispute",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_disputeevent" ("answer_due_at", "answered_at", "answered_by_id", "claimed_from", "claimed_result", "claimed_until", "figure_id", "id", "is_agreed", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_at", "raised_by_id", "reason", "settle_due_at", "settled_at", "settled_by_id", "tenant_id", "thread_id") VALUES (OLD."answer_due_at", OLD."answered_at", OLD."answered_by_id", OLD."claimed_from", OLD."claimed_result", OLD."claimed_until", OLD."figure_id", OLD."id", OLD."is_agreed", OLD."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."raised_at", OLD."raised_by_id", OLD."reason", OLD."settle_due_at", OLD."settled_at", OLD."settled_by_id", OLD."tenant_id", OLD."thread_id"); RETURN NULL;',
                            hash="c7372a3a0c4b260c4b9d3378ba58d3d0453b8552",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_1d913",
                            table="reporting_dispute",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="servicereview",
                    constraint=models.UniqueConstraint(fields=("tenant", "business_unit", "month"), name="review_once"),
                ),
                migrations.AddConstraint(
                    model_name="servicereview",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "issued", "acknowledged"])),
                        name="review_state_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="servicereview",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("month__day", 1)), name="review_month_by_its_first"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicereview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_servicereviewevent" ("answer_due_on", "business_unit_id", "drafted_at", "id", "issued_at", "meeting_at", "meeting_minutes", "month", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_by_id", "report_agreement_id", "state", "tenant_id") VALUES (NEW."answer_due_on", NEW."business_unit_id", NEW."drafted_at", NEW."id", NEW."issued_at", NEW."meeting_at", NEW."meeting_minutes", NEW."month", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."prepared_by_id", NEW."report_agreement_id", NEW."state", NEW."tenant_id"); RETURN NULL;',
                            hash="e013470b98b2878fb4201a7333a32106db313be8",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_814ad",
                            table="reporting_servicereview",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicereview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "reporting_servicereviewevent" ("answer_due_on", "business_unit_id", "drafted_at", "id", "issued_at", "meeting_at", "meeting_minutes", "month", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_by_id", "report_agreement_id", "state", "tenant_id") VALUES (NEW."answer_due_on", NEW."business_unit_id", NEW."drafted_at", NEW."id", NEW."issued_at", NEW."meeting_at", NEW."meeting_minutes", NEW."month", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."prepared_by_id", NEW."report_agreement_id", NEW."state", NEW."tenant_id"); RETURN NULL;',
                            hash="e2b34cfa194d9f81307aeae18f37616495effef4",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_4eec5",
                            table="reporting_servicereview",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicereview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_servicereviewevent" ("answer_due_on", "business_unit_id", "drafted_at", "id", "issued_at", "meeting_at", "meeting_minutes", "month", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_by_id", "report_agreement_id", "state", "tenant_id") VALUES (OLD."answer_due_on", OLD."business_unit_id", OLD."drafted_at", OLD."id", OLD."issued_at", OLD."meeting_at", OLD."meeting_minutes", OLD."month", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."prepared_by_id", OLD."report_agreement_id", OLD."state", OLD."tenant_id"); RETURN NULL;',
                            hash="30084837f8e3934adfa65c4f0040e53f20a9ce8d",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_23234",
                            table="reporting_servicereview",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reviewparagraph",
                    constraint=models.UniqueConstraint(fields=("tenant", "review", "anchor"), name="paragraph_anchor"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reviewparagraph",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_reviewparagraphevent" ("anchor", "drafted_text", "edited_at", "edited_by_id", "id", "mark", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "review_id", "section", "tenant_id", "text") VALUES (NEW."anchor", NEW."drafted_text", NEW."edited_at", NEW."edited_by_id", NEW."id", NEW."mark", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."position", NEW."review_id", NEW."section", NEW."tenant_id", NEW."text"); RETURN NULL;',
                            hash="bc2dac00ba44d4cbd28f17a07a229c4a56022660",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_566e5",
                            table="reporting_reviewparagraph",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reviewparagraph",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "reporting_reviewparagraphevent" ("anchor", "drafted_text", "edited_at", "edited_by_id", "id", "mark", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "review_id", "section", "tenant_id", "text") VALUES (NEW."anchor", NEW."drafted_text", NEW."edited_at", NEW."edited_by_id", NEW."id", NEW."mark", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."position", NEW."review_id", NEW."section", NEW."tenant_id", NEW."text"); RETURN NULL;',
                            hash="7247f65621f053442c59d8f73bad84133ac32792",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_401ad",
                            table="reporting_reviewparagraph",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reviewparagraph",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_reviewparagraphevent" ("anchor", "drafted_text", "edited_at", "edited_by_id", "id", "mark", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "review_id", "section", "tenant_id", "text") VALUES (OLD."anchor", OLD."drafted_text", OLD."edited_at", OLD."edited_by_id", OLD."id", OLD."mark", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."position", OLD."review_id", OLD."section", OLD."tenant_id", OLD."text"); RETURN NULL;',
                            hash="5406cc51ed0e32badcbc6226577e38a5e90a6a96",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f5311",
                            table="reporting_reviewparagraph",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="followup",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_followupevent" ("done_on", "due_on", "id", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "review_id", "state_words", "tenant_id", "text") VALUES (NEW."done_on", NEW."due_on", NEW."id", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."position", NEW."review_id", NEW."state_words", NEW."tenant_id", NEW."text"); RETURN NULL;',
                            hash="6c297136d7c8dadda8113d0ee307c747501d4195",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_236dd",
                            table="reporting_followup",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="followup",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "reporting_followupevent" ("done_on", "due_on", "id", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "review_id", "state_words", "tenant_id", "text") VALUES (NEW."done_on", NEW."due_on", NEW."id", NEW."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."position", NEW."review_id", NEW."state_words", NEW."tenant_id", NEW."text"); RETURN NULL;',
                            hash="e43548ced2a60ead475e8f0ebf4faeb5da573359",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_abf16",
                            table="reporting_followup",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="followup",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_followupevent" ("done_on", "due_on", "id", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "review_id", "state_words", "tenant_id", "text") VALUES (OLD."done_on", OLD."due_on", OLD."id", OLD."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."position", OLD."review_id", OLD."state_words", OLD."tenant_id", OLD."text"); RETURN NULL;',
                            hash="d183456773270bacb885445858dcefe202dd0a5e",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_54577",
                            table="reporting_followup",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="edition",
                    constraint=models.UniqueConstraint(fields=("tenant", "review", "number"), name="edition_number"),
                ),
                migrations.AddConstraint(
                    model_name="edition",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("number", 1), models.Q(("reason", ""), _negated=True), _connector="OR"),
                        name="later_edition_has_a_reason",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="edition",
                    trigger=pgtrigger.compiler.Trigger(
                        name="edition_is_frozen",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="4b7ca683f96084d0279826e6900a3d198715712d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_edition_is_frozen_ae252",
                            table="reporting_edition",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="servicethread",
                    constraint=models.UniqueConstraint(
                        fields=("tenant", "conversation"), name="service_thread_conversation"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="valuestatement",
                    constraint=models.UniqueConstraint(
                        fields=("tenant", "business_unit", "slug"), name="value_statement_slug"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="valuestatement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind__in", ["lost_units", "shifted_units", "fewer_units"])),
                        name="value_kind_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="valuestatement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("grade__in", ["A", "B", "C", "D"])), name="value_grade_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="valuestatement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("low_rate__isnull", True),
                            ("high_rate__isnull", True),
                            ("high_rate__gte", models.F("low_rate")),
                            _connector="OR",
                        ),
                        name="value_rates_in_order",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="valuestatement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_valuestatementevent" ("baseline_month", "business_unit_id", "cause_words", "confirmed_by_words", "goal_id", "grade", "high_rate", "id", "improvement_id", "kind", "low_rate", "measure_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "profile_id", "result_words", "slug", "target_id", "tenant_id", "unit_words") VALUES (NEW."baseline_month", NEW."business_unit_id", NEW."cause_words", NEW."confirmed_by_words", NEW."goal_id", NEW."grade", NEW."high_rate", NEW."id", NEW."improvement_id", NEW."kind", NEW."low_rate", NEW."measure_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."position", NEW."profile_id", NEW."result_words", NEW."slug", NEW."target_id", NEW."tenant_id", NEW."unit_words"); RETURN NULL;',
                            hash="1dc879370b5df72f3dea71d9548f7e95fbba054e",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_9e04e",
                            table="reporting_valuestatement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="valuestatement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "reporting_valuestatementevent" ("baseline_month", "business_unit_id", "cause_words", "confirmed_by_words", "goal_id", "grade", "high_rate", "id", "improvement_id", "kind", "low_rate", "measure_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "profile_id", "result_words", "slug", "target_id", "tenant_id", "unit_words") VALUES (NEW."baseline_month", NEW."business_unit_id", NEW."cause_words", NEW."confirmed_by_words", NEW."goal_id", NEW."grade", NEW."high_rate", NEW."id", NEW."improvement_id", NEW."kind", NEW."low_rate", NEW."measure_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."position", NEW."profile_id", NEW."result_words", NEW."slug", NEW."target_id", NEW."tenant_id", NEW."unit_words"); RETURN NULL;',
                            hash="a93046974ad74a114bc4fc2936fd70638201e896",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_229b6",
                            table="reporting_valuestatement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="valuestatement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_valuestatementevent" ("baseline_month", "business_unit_id", "cause_words", "confirmed_by_words", "goal_id", "grade", "high_rate", "id", "improvement_id", "kind", "low_rate", "measure_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "profile_id", "result_words", "slug", "target_id", "tenant_id", "unit_words") VALUES (OLD."baseline_month", OLD."business_unit_id", OLD."cause_words", OLD."confirmed_by_words", OLD."goal_id", OLD."grade", OLD."high_rate", OLD."id", OLD."improvement_id", OLD."kind", OLD."low_rate", OLD."measure_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."position", OLD."profile_id", OLD."result_words", OLD."slug", OLD."target_id", OLD."tenant_id", OLD."unit_words"); RETURN NULL;',
                            hash="91fe4e6580274019f42956e083903905960bac8f",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_22cde",
                            table="reporting_valuestatement",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
    ]
