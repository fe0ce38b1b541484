"""What we show and talk about."""

from reporting.models.reviews import (
    Edition,
    EditionFile,
    Figure,
    ReportAgreement,
    ReviewParagraph,
    ReviewState,
    ServiceReview,
)
from reporting.models.talk import (
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
    "ContextRequest",
    "Dispute",
    "DisputeOutcome",
    "Edition",
    "EditionFile",
    "Figure",
    "FigureAcknowledgement",
    "FollowUp",
    "GoalMeasure",
    "ImpactHour",
    "ImpactProfile",
    "ImprovementOrigin",
    "ReportAgreement",
    "ReviewAcknowledgement",
    "ReviewParagraph",
    "ReviewState",
    "ReviewThread",
    "ServiceReview",
    "ServiceThread",
    "ThreadKind",
    "ValueKind",
    "ValueStatement",
]
