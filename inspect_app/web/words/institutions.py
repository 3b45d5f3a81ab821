"""Labels of the registry's codes."""

from flask_babel import lazy_gettext as _

WORDS = {
    "category": {
        "children": _("Abandoned children"),
        "schoolchildren": _("Schoolchildren (Dar Talib / Dar Taliba)"),
        "women": _("Women in vulnerable situations"),
        "elderly": _("Elderly persons"),
        "disability": _("Persons with disabilities"),
        "homeless": _("Homeless persons"),
        "beggars": _("Beggars"),
    },
    "legal_basis": {
        "14-05": _("Law 14-05"),
        "65-15": _("Law 65-15"),
        "none": _("None"),
        "unknown": _("Unknown"),
    },
    "setting": {"urban": _("Urban"), "rural": _("Rural")},
    "tenure": {
        "owned": _("Owned"),
        "rented": _("Rented"),
        "put_at_disposal": _("Put at disposal"),
        "other": _("Other"),
    },
    "building_state": {
        "good": _("Good"),
        "some_degradation": _("Some degradation"),
        "bad": _("Bad"),
    },
    "service": {
        "accommodation": _("Accommodation"),
        "meals": _("Meals"),
        "education": _("Educational follow-up"),
        "health": _("Health care"),
        "listening": _("Listening"),
        "legal": _("Legal assistance"),
        "rehabilitation": _("Rehabilitation"),
        "outreach": _("Care outside the premises"),
    },
}
