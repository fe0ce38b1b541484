"""Both sides meet, ask and answer: meetings, short surveys, complaints, levels of talk, and what is poorer unknown."""

import django.db.models.deletion
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
        ("catalog", "0002_tenant_walls"),
        ("conversations", "0003_it_talks_inside_itself"),
        ("reporting", "0009_old_amounts_have_the_decimals_of_their_currency"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        InOneStep(
            [
                migrations.CreateModel(
                    name="AgendaTopic",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.CharField(max_length=300)),
                        ("raised_at", models.DateTimeField()),
                        (
                            "raised_by",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
                            ),
                        ),
                        (
                            "review",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="topics",
                                to="reporting.servicereview",
                            ),
                        ),
                        (
                            "talked_in",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="topics_talked_about",
                                to="reporting.servicereview",
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
                    name="AgendaTopicEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("text", models.CharField(max_length=300)),
                        ("raised_at", models.DateTimeField()),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="reporting.agendatopic",
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
                            "review",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="reporting.servicereview",
                            ),
                        ),
                        (
                            "talked_in",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="reporting.servicereview",
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
                    name="Feedback",
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
                                choices=[("complaint", "Complaint"), ("compliment", "Compliment")], max_length=10
                            ),
                        ),
                        ("title", models.CharField(max_length=120)),
                        ("raised_at", models.DateTimeField()),
                        ("answer_due_at", models.DateTimeField(blank=True, null=True)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
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
                                related_name="feedback",
                                to="accounts.businessunit",
                            ),
                        ),
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
                            "conversation",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="feedback",
                                to="conversations.conversation",
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
                ),
                migrations.CreateModel(
                    name="FeedbackEvent",
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
                                choices=[("complaint", "Complaint"), ("compliment", "Compliment")], max_length=10
                            ),
                        ),
                        ("title", models.CharField(max_length=120)),
                        ("raised_at", models.DateTimeField()),
                        ("answer_due_at", models.DateTimeField(blank=True, null=True)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
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
                            "business_unit",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.businessunit",
                            ),
                        ),
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
                            "conversation",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="conversations.conversation",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="reporting.feedback",
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
                migrations.CreateModel(
                    name="MeetingDecision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.CharField(max_length=300)),
                        ("decided_on", models.DateField()),
                        ("written_at", models.DateTimeField()),
                        (
                            "review",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="reporting.servicereview",
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
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="MeetingInvitation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("meeting_at", models.DateTimeField(blank=True, null=True)),
                        ("meeting_minutes", models.PositiveSmallIntegerField()),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
                            ),
                        ),
                        (
                            "review",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invitations",
                                to="reporting.servicereview",
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
                    name="MeetingMinutes",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField(max_length=10000)),
                        ("present", models.CharField(blank=True, max_length=300)),
                        ("agenda", models.JSONField(default=dict)),
                        ("written_at", models.DateTimeField()),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "confirmed_by",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.membership",
                            ),
                        ),
                        (
                            "review",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="minutes",
                                to="reporting.servicereview",
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
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="MeetingMinutesEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("text", models.TextField(max_length=10000)),
                        ("present", models.CharField(blank=True, max_length=300)),
                        ("agenda", models.JSONField(default=dict)),
                        ("written_at", models.DateTimeField()),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "confirmed_by",
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
                                to="reporting.meetingminutes",
                            ),
                        ),
                        (
                            "review",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="reporting.servicereview",
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
                            "written_by",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.membership",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="Pulse",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "about",
                            models.CharField(
                                choices=[("case", "A case that was solved"), ("review", "A service review")],
                                max_length=6,
                            ),
                        ),
                        ("case_words", models.CharField(blank=True, max_length=200)),
                        ("question", models.CharField(max_length=200)),
                        ("opened_at", models.DateTimeField()),
                        ("closes_at", models.DateTimeField()),
                        (
                            "business_unit",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pulses",
                                to="accounts.businessunit",
                            ),
                        ),
                        (
                            "opened_by",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
                            ),
                        ),
                        (
                            "review",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pulses",
                                to="reporting.servicereview",
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
                    name="PulseAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("score", models.PositiveSmallIntegerField()),
                        ("words", models.CharField(blank=True, max_length=300)),
                        (
                            "pulse",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="answers",
                                to="reporting.pulse",
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
                    name="PulseEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "about",
                            models.CharField(
                                choices=[("case", "A case that was solved"), ("review", "A service review")],
                                max_length=6,
                            ),
                        ),
                        ("case_words", models.CharField(blank=True, max_length=200)),
                        ("question", models.CharField(max_length=200)),
                        ("opened_at", models.DateTimeField()),
                        ("closes_at", models.DateTimeField()),
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
                            "opened_by",
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
                                to="reporting.pulse",
                            ),
                        ),
                        (
                            "review",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="reporting.servicereview",
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
                    name="PulseInvitation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("has_answered", models.BooleanField(default=False)),
                        (
                            "member",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
                            ),
                        ),
                        (
                            "pulse",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="invitations",
                                to="reporting.pulse",
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
                    name="TalkChannel",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("operational", "Day to day"),
                                    ("tactical", "Planning"),
                                    ("strategic", "Direction"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "rhythm_days",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (7, "Each week"),
                                    (14, "Each fortnight"),
                                    (31, "Each month"),
                                    (92, "Each quarter"),
                                    (183, "Each half year"),
                                    (366, "Each year"),
                                ]
                            ),
                        ),
                        ("answer_working_days", models.PositiveSmallIntegerField()),
                        ("set_at", models.DateTimeField()),
                        (
                            "business_unit",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="channels",
                                to="accounts.businessunit",
                            ),
                        ),
                        (
                            "for_business",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.membership",
                            ),
                        ),
                        (
                            "for_it",
                            portal.tenancy.fields.TenantForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.membership",
                            ),
                        ),
                        (
                            "set_by",
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
                    name="TalkChannelEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("pgh_context_id", models.UUIDField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("operational", "Day to day"),
                                    ("tactical", "Planning"),
                                    ("strategic", "Direction"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "rhythm_days",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (7, "Each week"),
                                    (14, "Each fortnight"),
                                    (31, "Each month"),
                                    (92, "Each quarter"),
                                    (183, "Each half year"),
                                    (366, "Each year"),
                                ]
                            ),
                        ),
                        ("answer_working_days", models.PositiveSmallIntegerField()),
                        ("set_at", models.DateTimeField()),
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
                            "for_business",
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
                            "for_it",
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
                                to="reporting.talkchannel",
                            ),
                        ),
                        (
                            "set_by",
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
                    model_name="contextrequest",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="contextrequest",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="contextrequest",
                    name="delete_delete",
                ),
                migrations.RemoveConstraint(
                    model_name="dispute",
                    name="dispute_settled_after_answer",
                ),
                migrations.AddField(
                    model_name="contextrequest",
                    name="kind",
                    field=models.CharField(
                        choices=[
                            ("peaks", "When the peaks are"),
                            ("hour", "What an hour costs"),
                            ("owners", "Who answers for what"),
                            ("process", "How the work is done"),
                            ("other", "Something else"),
                        ],
                        default="other",
                        max_length=10,
                    ),
                ),
                migrations.AddField(
                    model_name="contextrequest",
                    name="poorer",
                    field=models.CharField(blank=True, max_length=300, verbose_name="what is poorer until then"),
                ),
                migrations.AddField(
                    model_name="contextrequestevent",
                    name="kind",
                    field=models.CharField(
                        choices=[
                            ("peaks", "When the peaks are"),
                            ("hour", "What an hour costs"),
                            ("owners", "Who answers for what"),
                            ("process", "How the work is done"),
                            ("other", "Something else"),
                        ],
                        default="other",
                        max_length=10,
                    ),
                ),
                migrations.AddField(
                    model_name="contextrequestevent",
                    name="poorer",
                    field=models.CharField(blank=True, max_length=300, verbose_name="what is poorer until then"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contextrequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_contextrequestevent" ("answer", "answered_at", "answered_by_id", "asked_at", "asked_by_id", "business_unit_id", "due_on", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "poorer", "purpose", "question", "service_id", "tenant_id", "title") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."asked_at", NEW."asked_by_id", NEW."business_unit_id", NEW."due_on", NEW."id", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."poorer", NEW."purpose", NEW."question", NEW."service_id", NEW."tenant_id", NEW."title"); RETURN NULL;',
                            hash="6477b7b8d10908c0e0091800906e1c82eb49dbd1",
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
                            func='INSERT INTO "reporting_contextrequestevent" ("answer", "answered_at", "answered_by_id", "asked_at", "asked_by_id", "business_unit_id", "due_on", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "poorer", "purpose", "question", "service_id", "tenant_id", "title") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."asked_at", NEW."asked_by_id", NEW."business_unit_id", NEW."due_on", NEW."id", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."poorer", NEW."purpose", NEW."question", NEW."service_id", NEW."tenant_id", NEW."title"); RETURN NULL;',
                            hash="22bf158204afbda06cb6c726af602cfc467c9d39",
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
                            func='INSERT INTO "reporting_contextrequestevent" ("answer", "answered_at", "answered_by_id", "asked_at", "asked_by_id", "business_unit_id", "due_on", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "poorer", "purpose", "question", "service_id", "tenant_id", "title") VALUES (OLD."answer", OLD."answered_at", OLD."answered_by_id", OLD."asked_at", OLD."asked_by_id", OLD."business_unit_id", OLD."due_on", OLD."id", OLD."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."poorer", OLD."purpose", OLD."question", OLD."service_id", OLD."tenant_id", OLD."title"); RETURN NULL;',
                            hash="d0b75388f960e1234372db08ee1e2ef751094fb0",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b1a6a",
                            table="reporting_contextrequest",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contextrequest",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind__in", ["peaks", "hour", "owners", "process", "other"])),
                        name="context_kind_known",
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
                            models.Q(("outcome", "withdrawn"), ("settled_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="dispute_settled_after_answer",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agendatopic",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_agendatopicevent" ("id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_at", "raised_by_id", "review_id", "talked_in_id", "tenant_id", "text") VALUES (NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."raised_at", NEW."raised_by_id", NEW."review_id", NEW."talked_in_id", NEW."tenant_id", NEW."text"); RETURN NULL;',
                            hash="21a67930bf5a3ba429da37c5bee663bf5408f04f",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_7c525",
                            table="reporting_agendatopic",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agendatopic",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "reporting_agendatopicevent" ("id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_at", "raised_by_id", "review_id", "talked_in_id", "tenant_id", "text") VALUES (NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."raised_at", NEW."raised_by_id", NEW."review_id", NEW."talked_in_id", NEW."tenant_id", NEW."text"); RETURN NULL;',
                            hash="af3304fae0b5b5ed6ecbfe04dffcf6f775611a8a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_07bc3",
                            table="reporting_agendatopic",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="agendatopic",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_agendatopicevent" ("id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_at", "raised_by_id", "review_id", "talked_in_id", "tenant_id", "text") VALUES (OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."raised_at", OLD."raised_by_id", OLD."review_id", OLD."talked_in_id", OLD."tenant_id", OLD."text"); RETURN NULL;',
                            hash="2173a8b90189f602b99f79c6020a0c792d711ada",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_3db10",
                            table="reporting_agendatopic",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="feedback",
                    constraint=models.UniqueConstraint(fields=("tenant", "conversation"), name="feedback_conversation"),
                ),
                migrations.AddConstraint(
                    model_name="feedback",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind__in", ["complaint", "compliment"])), name="feedback_kind_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="feedback",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("closed_at", None), ("answered_at__isnull", False), _connector="OR"),
                        name="feedback_closed_after_answer",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="feedback",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_feedbackevent" ("answer_due_at", "answered_at", "answered_by_id", "business_unit_id", "closed_at", "closed_by_id", "conversation_id", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_at", "raised_by_id", "service_id", "tenant_id", "title") VALUES (NEW."answer_due_at", NEW."answered_at", NEW."answered_by_id", NEW."business_unit_id", NEW."closed_at", NEW."closed_by_id", NEW."conversation_id", NEW."id", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."raised_at", NEW."raised_by_id", NEW."service_id", NEW."tenant_id", NEW."title"); RETURN NULL;',
                            hash="c2b5fe9edd56e549eff9358dc4cddec4162a5ea8",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_1a8fd",
                            table="reporting_feedback",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="feedback",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "reporting_feedbackevent" ("answer_due_at", "answered_at", "answered_by_id", "business_unit_id", "closed_at", "closed_by_id", "conversation_id", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_at", "raised_by_id", "service_id", "tenant_id", "title") VALUES (NEW."answer_due_at", NEW."answered_at", NEW."answered_by_id", NEW."business_unit_id", NEW."closed_at", NEW."closed_by_id", NEW."conversation_id", NEW."id", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."raised_at", NEW."raised_by_id", NEW."service_id", NEW."tenant_id", NEW."title"); RETURN NULL;',
                            hash="fc6ec1b04dcf451047e07b7a2452a27251dffe38",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_2a86d",
                            table="reporting_feedback",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="feedback",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_feedbackevent" ("answer_due_at", "answered_at", "answered_by_id", "business_unit_id", "closed_at", "closed_by_id", "conversation_id", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_at", "raised_by_id", "service_id", "tenant_id", "title") VALUES (OLD."answer_due_at", OLD."answered_at", OLD."answered_by_id", OLD."business_unit_id", OLD."closed_at", OLD."closed_by_id", OLD."conversation_id", OLD."id", OLD."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."raised_at", OLD."raised_by_id", OLD."service_id", OLD."tenant_id", OLD."title"); RETURN NULL;',
                            hash="9d5708d9091fb70118f204566067c918c516ca16",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e6197",
                            table="reporting_feedback",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="meetingdecision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="decision_is_kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="1fc0444c0dac986ac76775eb859118c5933641c0",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_decision_is_kept_d78a3",
                            table="reporting_meetingdecision",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="meetinginvitation",
                    constraint=models.UniqueConstraint(
                        fields=("tenant", "review", "number"), name="meeting_invitation_number"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="meetinginvitation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="invitation_is_kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="923c5169b9f8df1f2672598190e67ad9fb234bf7",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_invitation_is_kept_17048",
                            table="reporting_meetinginvitation",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="meetingminutes",
                    constraint=models.UniqueConstraint(fields=("tenant", "review"), name="meeting_minutes_once"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="meetingminutes",
                    trigger=pgtrigger.compiler.Trigger(
                        name="confirmed_minutes_are_kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."confirmed_at" IS NOT NULL)',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="e6d08707c57296166d929738be137ffc65750515",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_confirmed_minutes_are_kept_46c4e",
                            table="reporting_meetingminutes",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="meetingminutes",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_meetingminutesevent" ("agenda", "confirmed_at", "confirmed_by_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "present", "review_id", "tenant_id", "text", "written_at", "written_by_id") VALUES (NEW."agenda", NEW."confirmed_at", NEW."confirmed_by_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."present", NEW."review_id", NEW."tenant_id", NEW."text", NEW."written_at", NEW."written_by_id"); RETURN NULL;',
                            hash="2d98986bca8c21153c99396a7751a5f189e57cf2",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_697df",
                            table="reporting_meetingminutes",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="meetingminutes",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "reporting_meetingminutesevent" ("agenda", "confirmed_at", "confirmed_by_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "present", "review_id", "tenant_id", "text", "written_at", "written_by_id") VALUES (NEW."agenda", NEW."confirmed_at", NEW."confirmed_by_id", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."present", NEW."review_id", NEW."tenant_id", NEW."text", NEW."written_at", NEW."written_by_id"); RETURN NULL;',
                            hash="73145b4ac35ca9db01f8aab1d6ca4dddd19eb71a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_02e83",
                            table="reporting_meetingminutes",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="meetingminutes",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_meetingminutesevent" ("agenda", "confirmed_at", "confirmed_by_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "present", "review_id", "tenant_id", "text", "written_at", "written_by_id") VALUES (OLD."agenda", OLD."confirmed_at", OLD."confirmed_by_id", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."present", OLD."review_id", OLD."tenant_id", OLD."text", OLD."written_at", OLD."written_by_id"); RETURN NULL;',
                            hash="ee7685b326c60ff609ef3d310acff7c36e5def47",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f84eb",
                            table="reporting_meetingminutes",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pulse",
                    constraint=models.UniqueConstraint(fields=("tenant", "review"), name="pulse_once_for_a_review"),
                ),
                migrations.AddConstraint(
                    model_name="pulse",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("about", "case")),
                        fields=("tenant", "business_unit", "case_words"),
                        name="pulse_once_for_a_case",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pulse",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("about", "review"), ("review__isnull", False)),
                            models.Q(("about", "case"), models.Q(("case_words", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="pulse_is_about_something",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pulse",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("closes_at__gt", models.F("opened_at"))), name="pulse_closes_after_opening"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pulse",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_pulseevent" ("about", "business_unit_id", "case_words", "closes_at", "id", "opened_at", "opened_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question", "review_id", "tenant_id") VALUES (NEW."about", NEW."business_unit_id", NEW."case_words", NEW."closes_at", NEW."id", NEW."opened_at", NEW."opened_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."question", NEW."review_id", NEW."tenant_id"); RETURN NULL;',
                            hash="8c8a0b443b7b51f19d33d577901afcde125e94bc",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_607b9",
                            table="reporting_pulse",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pulse",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "reporting_pulseevent" ("about", "business_unit_id", "case_words", "closes_at", "id", "opened_at", "opened_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question", "review_id", "tenant_id") VALUES (NEW."about", NEW."business_unit_id", NEW."case_words", NEW."closes_at", NEW."id", NEW."opened_at", NEW."opened_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."question", NEW."review_id", NEW."tenant_id"); RETURN NULL;',
                            hash="912e9967d71491d5a44a8b94d9afecdcf3363116",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_17b6e",
                            table="reporting_pulse",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pulse",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_pulseevent" ("about", "business_unit_id", "case_words", "closes_at", "id", "opened_at", "opened_by_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question", "review_id", "tenant_id") VALUES (OLD."about", OLD."business_unit_id", OLD."case_words", OLD."closes_at", OLD."id", OLD."opened_at", OLD."opened_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."question", OLD."review_id", OLD."tenant_id"); RETURN NULL;',
                            hash="0b8921b480e328d823439a3833561aa980f64ad6",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_9e02d",
                            table="reporting_pulse",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pulseanswer",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("score__range", (1, 5))), name="pulse_score_on_scale"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pulseanswer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="pulse_answer_is_kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="65dedffc3197fa2a07b1fdbeed3acb8e85a9ca92",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_pulse_answer_is_kept_a869b",
                            table="reporting_pulseanswer",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pulseinvitation",
                    constraint=models.UniqueConstraint(
                        fields=("tenant", "pulse", "member"), name="pulse_invitation_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="talkchannel",
                    constraint=models.UniqueConstraint(
                        fields=("tenant", "business_unit", "level"), name="channel_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="talkchannel",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("level__in", ["operational", "tactical", "strategic"])),
                        name="channel_level_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="talkchannel",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("rhythm_days__in", [7, 14, 31, 92, 183, 366])), name="channel_rhythm_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="talkchannel",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("answer_working_days__range", (1, 20))), name="channel_days_in_range"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="talkchannel",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_talkchannelevent" ("answer_working_days", "business_unit_id", "for_business_id", "for_it_id", "id", "level", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rhythm_days", "set_at", "set_by_id", "tenant_id") VALUES (NEW."answer_working_days", NEW."business_unit_id", NEW."for_business_id", NEW."for_it_id", NEW."id", NEW."level", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."rhythm_days", NEW."set_at", NEW."set_by_id", NEW."tenant_id"); RETURN NULL;',
                            hash="b46ff61e5518d286aa50e9390b3a1deceb336e60",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2ffac",
                            table="reporting_talkchannel",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="talkchannel",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "reporting_talkchannelevent" ("answer_working_days", "business_unit_id", "for_business_id", "for_it_id", "id", "level", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rhythm_days", "set_at", "set_by_id", "tenant_id") VALUES (NEW."answer_working_days", NEW."business_unit_id", NEW."for_business_id", NEW."for_it_id", NEW."id", NEW."level", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."rhythm_days", NEW."set_at", NEW."set_by_id", NEW."tenant_id"); RETURN NULL;',
                            hash="bac40324bf46d1ae15c0d4c8cf604650c5d1a821",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5fe60",
                            table="reporting_talkchannel",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="talkchannel",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "reporting_talkchannelevent" ("answer_working_days", "business_unit_id", "for_business_id", "for_it_id", "id", "level", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rhythm_days", "set_at", "set_by_id", "tenant_id") VALUES (OLD."answer_working_days", OLD."business_unit_id", OLD."for_business_id", OLD."for_it_id", OLD."id", OLD."level", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."rhythm_days", OLD."set_at", OLD."set_by_id", OLD."tenant_id"); RETURN NULL;',
                            hash="66ae1e656a270df5f90e428850d5728f2c763e83",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_37dbd",
                            table="reporting_talkchannel",
                            when="AFTER",
                        ),
                    ),
                ),
                ProtectTenantTable("meetinginvitation"),
                ProtectTenantTable("agendatopic"),
                ProtectTenantTable("meetingdecision"),
                ProtectTenantTable("meetingminutes"),
                ProtectTenantTable("pulse"),
                ProtectTenantTable("pulseinvitation"),
                ProtectTenantTable("pulseanswer"),
                ProtectTenantTable("feedback"),
                ProtectTenantTable("talkchannel"),
                ReferWithinTenant("meetinginvitation"),
                ReferWithinTenant("agendatopic"),
                ReferWithinTenant("meetingdecision"),
                ReferWithinTenant("meetingminutes"),
                ReferWithinTenant("pulse"),
                ReferWithinTenant("pulseinvitation"),
                ReferWithinTenant("pulseanswer"),
                ReferWithinTenant("feedback"),
                ReferWithinTenant("talkchannel"),
                KeepHistory("agendatopicevent"),
                KeepHistory("meetingminutesevent"),
                KeepHistory("pulseevent"),
                KeepHistory("feedbackevent"),
                KeepHistory("talkchannelevent"),
            ]
        )
    ]
