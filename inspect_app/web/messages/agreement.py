"""Sentences about double rating and agreement."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

SENTENCES: dict[str, LazyString] = {
    "share-not-offered": _("Choose one of the shares offered."),
    "share-out-of-range": _("Choose one of the shares offered."),
    "nothing-drawn": _("With this choice no criterion would be rated twice."),
    "rater-not-in-team": _("Whoever rates a second time is a member of the visiting team."),
    "rater-leads": _("The leader answers for the scored answers: somebody else rates a second time."),
    "rater-alone": _("A second rating needs a team of two at least."),
    "double-rating-fixed": _("The visit has begun: what is rated twice, and by whom, no longer changes."),
    "double-rating-over": _("This second rating is over."),
    "no-double-rating": _("No second rating was chosen for this visit."),
    "not-second-rater": _("Only the person named for it rates a second time."),
    "second-rating-closed": _("Your second ratings are closed and no longer change."),
    "second-rating-open": _(
        "Somebody still rates a part of the criteria a second time. They close their ratings first, "
        "or the coordinator lets the second rating go."
    ),
    "second-unanswered": _("%(count)s criteria have no second rating yet."),
    "not-yours-first-side": _("Only the leader of the team closes the side of the team."),
    "first-side-closed": _("The side of the team is closed already."),
    "first-unanswered": _("%(count)s of the criteria that are rated twice have no answer of the team yet."),
    "not-rated-twice": _("This criterion is not rated twice on this visit."),
    "rated-apart": _("You rate this criterion apart: the others of the team answer it."),
}
