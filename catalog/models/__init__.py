"""What we offer, to whom, and why."""

from catalog.models.composition import (
    Component,
    ComponentKind,
    Dependency,
    DependencyGroup,
    ProcessStep,
    Requirement,
)
from catalog.models.glossary import (
    GlossaryTerm,
    TermReader,
)
from catalog.models.goals import (
    BusinessGoal,
    ContributionLink,
    EvidenceGrade,
    Need,
)
from catalog.models.offerings import (
    Entitlement,
    ServiceOffering,
)
from catalog.models.services import (
    LineOfService,
    Service,
    ServiceClass,
    Stage,
    StageTransition,
)

__all__ = [
    "BusinessGoal",
    "Component",
    "ComponentKind",
    "ContributionLink",
    "Dependency",
    "DependencyGroup",
    "Entitlement",
    "EvidenceGrade",
    "GlossaryTerm",
    "LineOfService",
    "Need",
    "ProcessStep",
    "Requirement",
    "Service",
    "ServiceClass",
    "ServiceOffering",
    "Stage",
    "StageTransition",
    "TermReader",
]
