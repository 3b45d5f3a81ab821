"""Labels of levels, criterion classes, sources and answers."""

from flask_babel import lazy_gettext as _

WORDS = {
    "level": {
        "refused": _("Refused"),
        "provisional": _("Provisional"),
        "conditional": _("Conditional"),
        "accredited": _("Accredited"),
        "distinction": _("Accredited with distinction"),
    },
    "answer": {
        "0": _("Not met"),
        "1": _("Begun"),
        "2": _("Mostly met"),
        "3": _("Fully met"),
        "na": _("Not applicable"),
    },
    "class": {
        "critical": _("Critical"),
        "standard": _("Standard"),
        "developmental": _("Developmental"),
    },
    "source_status": {
        "seen": _("Law (seen)"),
        "second-hand": _("Law, second-hand"),
        "audit-pattern": _("Audit pattern"),
        "benchmark": _("International benchmark"),
        "programme": _("National programme"),
        "trace": _("Our own fact sheet"),
        "to-verify": _("To be verified"),
        "unknown": _("Not found"),
    },
    "severity": {
        "critical": _("Critical finding"),
        "major": _("Major finding"),
        "minor": _("Minor finding"),
    },
    "method": {
        "document": _("Document"),
        "observation": _("Observation"),
        "interview": _("Interview"),
    },
    "support": {
        "procedures": _("Procedures"),
        "training": _("Training"),
        "staffing": _("Staffing"),
        "works": _("Works"),
        "equipment": _("Equipment"),
        "funding": _("Funding"),
        "legal": _("Legal regularisation"),
        "coordination": _("Coordination"),
    },
}
