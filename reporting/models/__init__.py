"""What we show and talk about."""

from reporting.models.channels import Rhythm, TalkChannel
from reporting.models.feedback import Feedback, FeedbackKind
from reporting.models.layouts import UNSIGNED, LayoutThread, ReportAgreement, ReportInterpretation, ReportSection
from reporting.models.meetings import AgendaTopic, MeetingDecision, MeetingInvitation, MeetingMinutes
from reporting.models.pulses import Pulse, PulseAbout, PulseAnswer, PulseInvitation
from reporting.models.reviews import (
    ANSWERED,
    AWAITED,
    MOVES,
    PUBLISHED,
    Edition,
    EditionFile,
    Figure,
    ReviewParagraph,
    ReviewState,
    ServiceReview,
)
from reporting.models.talk import (
    ContextKind,
    ContextRequest,
    Dispute,
    DisputeOutcome,
    FigureAcknowledgement,
    FollowUp,
    ImprovementOrigin,
    ReviewAcknowledgement,
    ReviewThread,
    ServiceThread,
    ThreadKind,
)
from reporting.models.value import GoalMeasure, ImpactHour, ImpactProfile, ValueKind, ValueStatement

__all__ = [
    "ANSWERED",
    "AWAITED",
    "MOVES",
    "PUBLISHED",
    "UNSIGNED",
    "AgendaTopic",
    "ContextKind",
    "ContextRequest",
    "Dispute",
    "DisputeOutcome",
    "Edition",
    "EditionFile",
    "Feedback",
    "FeedbackKind",
    "Figure",
    "FigureAcknowledgement",
    "FollowUp",
    "GoalMeasure",
    "ImpactHour",
    "ImpactProfile",
    "ImprovementOrigin",
    "LayoutThread",
    "MeetingDecision",
    "MeetingInvitation",
    "MeetingMinutes",
    "Pulse",
    "PulseAbout",
    "PulseAnswer",
    "PulseInvitation",
    "ReportAgreement",
    "ReportInterpretation",
    "ReportSection",
    "ReviewAcknowledgement",
    "ReviewParagraph",
    "ReviewState",
    "ReviewThread",
    "Rhythm",
    "ServiceReview",
    "ServiceThread",
    "TalkChannel",
    "ThreadKind",
    "ValueKind",
    "ValueStatement",
]
