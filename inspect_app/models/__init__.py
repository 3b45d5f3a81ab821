"""Tables. Columns and constraints; no rules, no questions."""

from inspect_app.models.answers import Answer, AnswerRevision, Evidence
from inspect_app.models.audit import AuditAnchor, AuditEvent, AuditHead
from inspect_app.models.base import Base, db
from inspect_app.models.decisions import (
    Accreditation,
    AccreditationEntry,
    Appeal,
    AppealPoint,
    Decision,
    QueuedLetter,
)
from inspect_app.models.devices import Device
from inspect_app.models.dossiers import (
    Deliberation,
    DeliberationMember,
    Dossier,
    DossierEventRow,
    DossierInterest,
    DossierPerson,
)
from inspect_app.models.double_ratings import DoubleRatedCriterion, DoubleRating, SecondRating
from inspect_app.models.findings import Finding, FindingSighting, RegisterEntry
from inspect_app.models.frozen import FrozenVersion
from inspect_app.models.inspections import Inspection, InspectionEvent, InspectionPerson, Reviewer, TeamMember
from inspect_app.models.institutions import Institution
from inspect_app.models.minutes import CriticalNotice, CriticalSheet, Signature
from inspect_app.models.observations import Observation, ObservationResponse
from inspect_app.models.plans import ActionProof, CalendarFeed, PlanAction, PlanEvent, PlanNotice, SupportPlan
from inspect_app.models.reports import Report
from inspect_app.models.scorecards import RescoredCard, ScoreCard
from inspect_app.models.self_assessments import SelfAnswer, SelfAssessment
from inspect_app.models.territories import Province, Region
from inspect_app.models.users import EndedSession, KeptForm, RoleRow, User, UserScope, user_roles

__all__ = [
    "Accreditation",
    "AccreditationEntry",
    "ActionProof",
    "Answer",
    "AnswerRevision",
    "Appeal",
    "AppealPoint",
    "AuditAnchor",
    "AuditEvent",
    "AuditHead",
    "Base",
    "CalendarFeed",
    "CriticalNotice",
    "CriticalSheet",
    "Decision",
    "Deliberation",
    "DeliberationMember",
    "Device",
    "Dossier",
    "DossierEventRow",
    "DossierInterest",
    "DossierPerson",
    "DoubleRatedCriterion",
    "DoubleRating",
    "EndedSession",
    "Evidence",
    "Finding",
    "FindingSighting",
    "FrozenVersion",
    "Inspection",
    "InspectionEvent",
    "InspectionPerson",
    "Institution",
    "KeptForm",
    "Observation",
    "ObservationResponse",
    "PlanAction",
    "PlanEvent",
    "PlanNotice",
    "Province",
    "QueuedLetter",
    "Region",
    "RegisterEntry",
    "Report",
    "RescoredCard",
    "Reviewer",
    "RoleRow",
    "ScoreCard",
    "SecondRating",
    "SelfAnswer",
    "SelfAssessment",
    "Signature",
    "SupportPlan",
    "TeamMember",
    "User",
    "UserScope",
    "db",
    "user_roles",
]
