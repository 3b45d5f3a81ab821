"""The words of the registry: categories, legal bases, settings. Codes are stored; labels are translated at the border."""

from enum import StrEnum


class Category(StrEnum):
    """Group of beneficiaries (fact sheet of Law 65.15, section 3.1)."""

    CHILDREN = "children"
    SCHOOLCHILDREN = "schoolchildren"
    WOMEN = "women"
    ELDERLY = "elderly"
    DISABILITY = "disability"
    HOMELESS = "homeless"
    BEGGARS = "beggars"


class LegalBasis(StrEnum):
    """The law under which the authorisation was issued (fact sheet, section 1.2: many are still under 14-05)."""

    LAW_14_05 = "14-05"
    LAW_65_15 = "65-15"
    NONE = "none"
    UNKNOWN = "unknown"


class Setting(StrEnum):
    """Where the institution stands."""

    URBAN = "urban"
    RURAL = "rural"


class Tenure(StrEnum):
    """How the building is held (field form, Annex A item 2)."""

    OWNED = "owned"
    RENTED = "rented"
    PUT_AT_DISPOSAL = "put_at_disposal"
    OTHER = "other"


class BuildingState(StrEnum):
    """State of the building (field form, Annex A item 2)."""

    GOOD = "good"
    SOME_DEGRADATION = "some_degradation"
    BAD = "bad"


class Service(StrEnum):
    """What the institution offers; criteria may apply only where a service exists (fact sheet, section 3.4)."""

    ACCOMMODATION = "accommodation"
    MEALS = "meals"
    EDUCATION = "education"
    HEALTH = "health"
    LISTENING = "listening"
    LEGAL = "legal"
    REHABILITATION = "rehabilitation"
    OUTREACH = "outreach"
