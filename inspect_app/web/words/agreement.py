"""Labels of agreement between inspectors."""

from flask_babel import lazy_gettext as _

WORDS = {
    "agreement": {
        "good": _("Agreed"),
        "below": _("Meeting proposed"),
        "one-level": _("All in one level"),
        "few": _("Too few yet"),
        "none": _("No pair of levels"),
    },
    "agreement_of": {
        "domain": _("Domain"),
        "pair": _("Pair of inspectors"),
        "criterion": _("Criterion"),
    },
}
