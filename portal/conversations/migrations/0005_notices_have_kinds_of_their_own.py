"""Meetings, surveys, complaints and what is asked have kinds of their own, and a mail may bring a file for calendars.

Whoever did without mail about everything else goes on without it.
"""

from typing import ClassVar

from django.db import migrations, models

from portal.tenancy.operations import InOneStep

# The row policy stands aside for an owner who cannot pass it.
STAY_MUTED = (
    "SET CONSTRAINTS ALL IMMEDIATE",
    "ALTER TABLE conversations_mutedkind NO FORCE ROW LEVEL SECURITY",
    """
    INSERT INTO conversations_mutedkind (tenant_id, member_id, kind)
    SELECT muted.tenant_id, muted.member_id, more.kind
    FROM conversations_mutedkind AS muted,
         (VALUES ('meetings'), ('surveys'), ('feedback'), ('asks')) AS more (kind)
    WHERE muted.kind = 'other'
    ON CONFLICT DO NOTHING
    """,
    "ALTER TABLE conversations_mutedkind FORCE ROW LEVEL SECURITY",
)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("conversations", "0004_mail_comes_as_it_is_wanted")]

    operations: ClassVar = [
        InOneStep(
            [
                migrations.RemoveConstraint(
                    model_name="mutedkind",
                    name="muted_kind_known",
                ),
                migrations.RemoveConstraint(
                    model_name="notification",
                    name="notification_kind_known",
                ),
                migrations.AddField(
                    model_name="outboxmessage",
                    name="calendar",
                    field=models.TextField(blank=True),
                ),
                migrations.AlterField(
                    model_name="mutedkind",
                    name="kind",
                    field=models.CharField(
                        choices=[
                            ("talk", "What people write to you, and where it is silent"),
                            ("reviews", "Service reviews: drafts, issues, days that are due"),
                            ("meetings", "Review meetings: invitations, minutes, follow-ups"),
                            ("surveys", "Short surveys"),
                            ("feedback", "Complaints and compliments"),
                            ("asks", "What the other side asks of you"),
                            ("agreements", "Agreements, promises and credits"),
                            ("other", "Everything else"),
                        ],
                        max_length=12,
                    ),
                ),
                migrations.AlterField(
                    model_name="notification",
                    name="kind",
                    field=models.CharField(
                        choices=[
                            ("talk", "What people write to you, and where it is silent"),
                            ("reviews", "Service reviews: drafts, issues, days that are due"),
                            ("meetings", "Review meetings: invitations, minutes, follow-ups"),
                            ("surveys", "Short surveys"),
                            ("feedback", "Complaints and compliments"),
                            ("asks", "What the other side asks of you"),
                            ("agreements", "Agreements, promises and credits"),
                            ("other", "Everything else"),
                        ],
                        default="other",
                        max_length=12,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="mutedkind",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["talk", "reviews", "meetings", "surveys", "feedback", "asks", "agreements", "other"],
                            )
                        ),
                        name="muted_kind_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="notification",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["talk", "reviews", "meetings", "surveys", "feedback", "asks", "agreements", "other"],
                            )
                        ),
                        name="notification_kind_known",
                    ),
                ),
                migrations.RunSQL(list(STAY_MUTED), migrations.RunSQL.noop),
            ]
        ),
    ]
