"""Who works with Miyar: the nine roles of the design, and the territory each may be given."""

from enum import StrEnum


class Role(StrEnum):
    """A function that a person holds. One person may hold several; separation of duties is checked per file."""

    INSPECTOR = "inspector"
    TEAM_LEADER = "team_leader"
    DIRECTOR = "director"
    SUPPORT_OFFICER = "support_officer"
    COORDINATOR = "coordinator"
    MINISTRY_OFFICER = "ministry_officer"
    SIGNATORY = "signatory"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


#: Roles for which a second factor (TOTP) is compulsory.
SECOND_FACTOR_ROLES = frozenset({Role.MINISTRY_OFFICER, Role.SIGNATORY, Role.AUDITOR, Role.ADMINISTRATOR})


class Body(StrEnum):
    """The administration or organisation that a person belongs to (programme, measures 65–67: partners)."""

    SOLIDARITY = "solidarity"  # lead ministry
    ENTRAIDE = "entraide"  # التعاون الوطني
    JUSTICE = "justice"
    HEALTH = "health"
    YOUTH = "youth"
    EDUCATION = "education"
    INTERIOR = "interior"  # local authority, social action division
    NATIONAL_SECURITY = "national_security"
    GENDARMERIE = "gendarmerie"
    ASSOCIATION = "association"
    INSTITUTION = "institution"  # staff of an inspected institution
