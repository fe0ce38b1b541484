"""What we offer, to whom, and why."""

from catalog.models.composition import (
    Component,
    ComponentKind,
    Dependency,
    DependencyGroup,
    HandOver,
    ProcessStep,
    Requirement,
)
from catalog.models.entries import (
    EntryState,
    EntryVersion,
    PlannedRetirement,
)
from catalog.models.glossary import (
    GlossaryTerm,
    TermReader,
)
from catalog.models.goals import (
    BusinessGoal,
    ContributionLink,
    EvidenceGrade,
    GoalValue,
    Need,
    NeedOutcome,
)
from catalog.models.imports import ImportedService, ImportState, ServiceImport
from catalog.models.offerings import (
    Entitlement,
    ServiceOffering,
)
from catalog.models.portfolio import (
    AmountKind,
    BusinessCase,
    Per,
    ServiceAmount,
    ServicePurpose,
    ValueUnit,
)
from catalog.models.processes import (
    BusinessProcess,
    BusinessStep,
    LoadPeak,
    PeakKind,
    StepSupport,
)
from catalog.models.saved_views import (
    SavedView,
)
from catalog.models.search import (
    Place,
    ServiceWord,
)
from catalog.models.services import (
    PIPELINE_STEPS,
    LineOfService,
    Service,
    ServiceClass,
    Stage,
    StageTransition,
    Step,
)
from catalog.models.taxonomy import Category, ServiceCategory, Taxonomy

__all__ = [
    "PIPELINE_STEPS",
    "AmountKind",
    "BusinessCase",
    "BusinessGoal",
    "BusinessProcess",
    "BusinessStep",
    "Category",
    "Component",
    "ComponentKind",
    "ContributionLink",
    "Dependency",
    "DependencyGroup",
    "Entitlement",
    "EntryState",
    "EntryVersion",
    "EvidenceGrade",
    "GlossaryTerm",
    "GoalValue",
    "HandOver",
    "ImportState",
    "ImportedService",
    "LineOfService",
    "LoadPeak",
    "Need",
    "NeedOutcome",
    "PeakKind",
    "Per",
    "Place",
    "PlannedRetirement",
    "ProcessStep",
    "Requirement",
    "SavedView",
    "Service",
    "ServiceAmount",
    "ServiceCategory",
    "ServiceClass",
    "ServiceImport",
    "ServiceOffering",
    "ServicePurpose",
    "ServiceWord",
    "Stage",
    "StageTransition",
    "Step",
    "StepSupport",
    "Taxonomy",
    "TermReader",
    "ValueUnit",
]
