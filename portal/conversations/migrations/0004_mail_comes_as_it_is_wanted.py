"""Members choose when and about what they get mail; what was told before is of no kind, and was mailed at once."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

import portal.tenancy.fields
import portal.tenancy.scope
from portal.tenancy.operations import InOneStep, ProtectTenantTable, ReferWithinTenant


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("accounts", "0002_tenant_walls"),
        ("conversations", "0003_it_talks_inside_itself"),
        ("tenancy", "0001_initial"),
    ]

    operations: ClassVar = [
        InOneStep(
            [
                migrations.CreateModel(
                    name="MailChoice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "rhythm",
                            models.CharField(
                                choices=[("at_once", "Each at once"), ("daily", "Once a day, all in one mail")],
                                default="at_once",
                                max_length=10,
                            ),
                        ),
                        ("digest_hour", models.PositiveSmallIntegerField(default=8)),
                        ("quiet_from", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("quiet_until", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("time_zone", models.CharField(blank=True, max_length=60)),
                        (
                            "member",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mail_choices",
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
                    name="MutedKind",
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
                                    ("talk", "What people write to you"),
                                    ("reviews", "Service reviews: drafts, issues, days that are due"),
                                    ("agreements", "Agreements, promises and credits"),
                                    ("other", "Everything else"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "member",
                            portal.tenancy.fields.TenantForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="muted_kinds",
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
                migrations.AddField(
                    model_name="notification",
                    name="awaits_digest",
                    field=models.BooleanField(default=False),
                ),
                migrations.AddField(
                    model_name="notification",
                    name="kind",
                    field=models.CharField(
                        choices=[
                            ("talk", "What people write to you"),
                            ("reviews", "Service reviews: drafts, issues, days that are due"),
                            ("agreements", "Agreements, promises and credits"),
                            ("other", "Everything else"),
                        ],
                        default="other",
                        max_length=12,
                    ),
                ),
                migrations.AddField(
                    model_name="outboxmessage",
                    name="lines",
                    field=models.JSONField(default=list),
                ),
                migrations.AddField(
                    model_name="outboxmessage",
                    name="unsubscribe_path",
                    field=models.CharField(blank=True, max_length=300),
                ),
                migrations.AddIndex(
                    model_name="notification",
                    index=models.Index(
                        models.F("tenant"),
                        models.F("member"),
                        condition=models.Q(("awaits_digest", True)),
                        name="notification_for_digest",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="notification",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind__in", ["talk", "reviews", "agreements", "other"])),
                        name="notification_kind_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="mailchoice",
                    constraint=models.UniqueConstraint(fields=("tenant", "member"), name="mail_choice_once"),
                ),
                migrations.AddConstraint(
                    model_name="mailchoice",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("rhythm__in", ["at_once", "daily"])), name="mail_choice_rhythm_known"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="mailchoice",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("digest_hour__lt", 24)), name="mail_choice_digest_in_day"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="mailchoice",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("quiet_from__isnull", True), ("quiet_until__isnull", True)),
                            models.Q(
                                ("quiet_from__isnull", False),
                                ("quiet_until__isnull", False),
                                ("quiet_from__lt", 24),
                                ("quiet_until__lt", 24),
                                models.Q(("quiet_from", models.F("quiet_until")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="mail_choice_quiet_has_both_ends",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="mutedkind",
                    constraint=models.UniqueConstraint(fields=("tenant", "member", "kind"), name="muted_kind_once"),
                ),
                migrations.AddConstraint(
                    model_name="mutedkind",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind__in", ["talk", "reviews", "agreements", "other"])),
                        name="muted_kind_known",
                    ),
                ),
            ]
        ),
        ProtectTenantTable("mailchoice"),
        ProtectTenantTable("mutedkind"),
        ReferWithinTenant("mailchoice"),
        ReferWithinTenant("mutedkind"),
    ]
