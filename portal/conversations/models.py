"""What people say to each other, and how they hear of it."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from portal.accounts.models import BusinessUnit, Membership
from portal.tenancy.fields import TenantForeignKey
from portal.tenancy.models import TenantModel


class Level(models.TextChoices):
    """At which level business and IT talk."""

    OPERATIONAL = "operational", "Day to day"
    TACTICAL = "tactical", "Planning"
    STRATEGIC = "strategic", "Direction"


class NoticeKind(models.TextChoices):
    """What people are told about; mail of each kind can be done without."""

    TALK = "talk", "What people write to you, and where it is silent"
    REVIEWS = "reviews", "Service reviews: drafts, issues, days that are due"
    MEETINGS = "meetings", "Review meetings: invitations, minutes, follow-ups"
    SURVEYS = "surveys", "Short surveys"
    FEEDBACK = "feedback", "Complaints and compliments"
    ASKS = "asks", "What the other side asks of you"
    AGREEMENTS = "agreements", "Agreements, promises and credits"
    OTHER = "other", "Everything else"


class Rhythm(models.TextChoices):
    """How often a member gets mail."""

    AT_ONCE = "at_once", "Each at once"
    DAILY = "daily", "Once a day, all in one mail"


class Conversation(TenantModel):
    """A thread between one business unit and IT, or inside IT where it names no unit; what it is about is said by links
    in the upper apps.
    """

    business_unit = TenantForeignKey(BusinessUnit, null=True, blank=True, related_name="conversations")
    subject = models.CharField(max_length=200)
    level = models.CharField(max_length=12, choices=Level, default=Level.OPERATIONAL)
    started_by = TenantForeignKey(Membership, related_name="+")
    started_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(level__in=Level.values), name="conversation_level_known")
        ]
        indexes = [models.Index(fields=["tenant", "business_unit", "-started_at"], name="conversation_by_unit")]

    def __str__(self) -> str:
        return self.subject

    @property
    def between(self) -> str:
        """With whom IT talks."""
        return self.business_unit.name if self.business_unit else _("Inside IT")


class Comment(TenantModel):
    """One contribution: the source is kept, its sanitised rendering is stored beside it."""

    conversation = TenantForeignKey(Conversation, models.CASCADE, related_name="comments")
    author = TenantForeignKey(Membership, related_name="+")
    written_at = models.DateTimeField()
    text = models.TextField()
    html = models.TextField()
    sanitiser_version = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [models.Index(fields=["tenant", "conversation", "written_at"], name="comment_by_thread")]

    def __str__(self) -> str:
        return self.text[:60]


class Mention(TenantModel):
    """A member named in a comment."""

    comment = TenantForeignKey(Comment, models.CASCADE, related_name="mentions")
    member = TenantForeignKey(Membership, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "comment", "member"], name="mention_once")]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.comment_id}"


class Notification(TenantModel):
    """Something that a member should know, shown in the portal until read; the key tells it once to each member."""

    member = TenantForeignKey(Membership, models.CASCADE, related_name="notifications")
    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=NoticeKind, default=NoticeKind.OTHER)
    at = models.DateTimeField()
    text = models.CharField(max_length=300)
    url = models.CharField(max_length=300)
    read_at = models.DateTimeField(null=True, blank=True)
    awaits_digest = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "member", "key"], name="notification_once"),
            models.CheckConstraint(condition=models.Q(kind__in=NoticeKind.values), name="notification_kind_known"),
        ]
        indexes = [
            models.Index(fields=["tenant", "member", "read_at", "-at"], name="notification_by_member"),
            models.Index("tenant", "member", condition=models.Q(awaits_digest=True), name="notification_for_digest"),
        ]

    def __str__(self) -> str:
        return self.text


class OutboxMessage(TenantModel):
    """A mail to be sent at least once; the key keeps one event from being written twice.

    `due_at` goes by the clock of the database: whoever sends a message moves it on first, so that two senders rarely
    meet and a failed one waits longer each time. `lines` are the sentences of the body with their addresses, for the
    mail as a page; `unsubscribe_path` leads to where its reader does without such mail; `calendar` is a file for
    calendars that goes with it.
    """

    key = models.CharField(max_length=200)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    lines = models.JSONField(default=list)
    unsubscribe_path = models.CharField(max_length=300, blank=True)
    calendar = models.TextField(blank=True)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "key"], name="outbox_once")]
        indexes = [models.Index("tenant", "due_at", condition=models.Q(sent_at=None), name="outbox_waiting")]

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"


class MailChoice(TenantModel):
    """How a member wants mail; whoever has chosen nothing gets each at once.

    Hours are of the clock where the member is, `time_zone`, or where the tenant is. Between `quiet_from` and
    `quiet_until` nothing is sent: it waits.
    """

    member = TenantForeignKey(Membership, models.CASCADE, related_name="mail_choices")
    rhythm = models.CharField(max_length=10, choices=Rhythm, default=Rhythm.AT_ONCE)
    digest_hour = models.PositiveSmallIntegerField(default=8)
    quiet_from = models.PositiveSmallIntegerField(null=True, blank=True)
    quiet_until = models.PositiveSmallIntegerField(null=True, blank=True)
    time_zone = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "member"], name="mail_choice_once"),
            models.CheckConstraint(condition=models.Q(rhythm__in=Rhythm.values), name="mail_choice_rhythm_known"),
            models.CheckConstraint(condition=models.Q(digest_hour__lt=24), name="mail_choice_digest_in_day"),
            models.CheckConstraint(
                condition=models.Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | models.Q(quiet_from__isnull=False, quiet_until__isnull=False)
                & models.Q(quiet_from__lt=24, quiet_until__lt=24)
                & ~models.Q(quiet_from=models.F("quiet_until")),
                name="mail_choice_quiet_has_both_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"Mail to {self.member_id}: {self.rhythm}"


class MutedKind(TenantModel):
    """A kind of notice that a member gets no mail about; the portal still shows it."""

    member = TenantForeignKey(Membership, models.CASCADE, related_name="muted_kinds")
    kind = models.CharField(max_length=12, choices=NoticeKind)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "member", "kind"], name="muted_kind_once"),
            models.CheckConstraint(condition=models.Q(kind__in=NoticeKind.values), name="muted_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.member_id}"
