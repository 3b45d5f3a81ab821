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
    "level_meaning": {
        "refused": _("Serious shortcomings: what stands first below must be mended before any level is possible."),
        "provisional": _("The institution may go on for a short time only, and must mend what stands first below."),
        "conditional": _("The essential is there, under conditions: what stands first below must be mended in time."),
        "accredited": _("The standards are met. What stands below makes the institution better still."),
        "distinction": _("The standards are met in every domain, well beyond what is asked for accreditation."),
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
    "family": {
        "mean": _("weighted mean"),
        "rounding": _("rounded to a step"),
        "bands": _("bands"),
        "minimum": _("the lowest decides"),
        "ladder": _("the first condition that holds decides"),
        "limits": _("limits"),
        "steps": _("steps up and down"),
        "matrix": _("table of two entries"),
        "lookup": _("what each step stands for"),
        "judgement": _("human judgement within bounds"),
        "agreement": _("agreement of two raters"),
    },
    "evidence": {
        "seen": _("Seen on the body's own page"),
        "second-hand": _("Second-hand"),
        "memory": _("From memory"),
        "derived": _("Our closing of a gap"),
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
