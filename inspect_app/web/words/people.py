"""Labels of roles and of bodies."""

from flask_babel import lazy_gettext as _

WORDS = {
    "role": {
        "inspector": _("Inspector"),
        "team_leader": _("Team leader"),
        "director": _("Director of an institution"),
        "support_officer": _("Support officer"),
        "coordinator": _("Coordinator"),
        "ministry_officer": _("Ministry officer"),
        "signatory": _("Signatory"),
        "auditor": _("Auditor"),
        "administrator": _("Administrator"),
    },
    "body": {
        "solidarity": _("Ministry of Solidarity"),
        "entraide": _("Entraide Nationale"),
        "justice": _("Ministry of Justice"),
        "health": _("Ministry of Health"),
        "youth": _("Ministry of Youth and Sports"),
        "education": _("Ministry of National Education"),
        "interior": _("Ministry of the Interior"),
        "national_security": _("National Security"),
        "gendarmerie": _("Royal Gendarmerie"),
        "association": _("Association"),
        "institution": _("Staff of an institution"),
    },
}
