import django.db.models.deletion
import django.db.models.functions.datetime
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
        CreateTables(
            [
                migrations.CreateModel(
                    name="Conversation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("subject", models.CharField(max_length=200)),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("operational", "Day to day"),
                                    ("tactical", "Planning"),
                                    ("strategic", "Direction"),
                                ],
                                default="operational",
                                max_length=12,
                            ),
                        ),
                        ("started_at", models.DateTimeField()),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "business_unit",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="conversations",
                                to="accounts.businessunit",
                            ),
                        ),
                        (
                            "started_by",
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
                    name="Comment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("written_at", models.DateTimeField()),
                        ("text", models.TextField()),
                        ("html", models.TextField()),
                        ("sanitiser_version", models.PositiveSmallIntegerField()),
                        (
                            "author",
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
                            "conversation",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="comments",
                                to="conversations.conversation",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Mention",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "comment",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mentions",
                                to="conversations.comment",
                            ),
                        ),
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
                    ],
                ),
                migrations.CreateModel(
                    name="Notification",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=200)),
                        ("at", models.DateTimeField()),
                        ("text", models.CharField(max_length=300)),
                        ("url", models.CharField(max_length=300)),
                        ("read_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "member",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notifications",
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
                    name="OutboxMessage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=200)),
                        ("to", models.EmailField(max_length=254)),
                        ("subject", models.CharField(max_length=200)),
                        ("body", models.TextField()),
                        ("created_at", models.DateTimeField()),
                        ("due_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("error", models.CharField(blank=True, max_length=300)),
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
                migrations.AddIndex(
                    model_name="conversation",
                    index=models.Index(fields=["tenant", "business_unit", "-started_at"], name="conversation_by_unit"),
                ),
                migrations.AddConstraint(
                    model_name="conversation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("level__in", ["operational", "tactical", "strategic"])),
                        name="conversation_level_known",
                    ),
                ),
                migrations.AddIndex(
                    model_name="comment",
                    index=models.Index(fields=["tenant", "conversation", "written_at"], name="comment_by_thread"),
                ),
                migrations.AddConstraint(
                    model_name="mention",
                    constraint=models.UniqueConstraint(fields=("tenant", "comment", "member"), name="mention_once"),
                ),
                migrations.AddIndex(
                    model_name="notification",
                    index=models.Index(fields=["tenant", "member", "read_at", "-at"], name="notification_by_member"),
                ),
                migrations.AddConstraint(
                    model_name="notification",
                    constraint=models.UniqueConstraint(fields=("tenant", "member", "key"), name="notification_once"),
                ),
                migrations.AddIndex(
                    model_name="outboxmessage",
                    index=models.Index(
                        models.F("tenant"),
                        models.F("due_at"),
                        condition=models.Q(("sent_at", None)),
                        name="outbox_waiting",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="outboxmessage",
                    constraint=models.UniqueConstraint(fields=("tenant", "key"), name="outbox_once"),
                ),
            ]
        ),
    ]
