"""Sentences of refusals on support plans, proofs and self-assessments."""

from flask_babel import lazy_gettext as _

SENTENCES = {
    "not-yours-change": _("Only the director of the institution and its support officer change a plan."),
    "not-yours-agree": _("Only the director of the institution and its support officer sign a plan."),
    "not-yours-send-proof": _("Only the director of the institution and its support officer send proofs."),
    "not-yours-verify": _("Only a support officer or an inspector verifies a proof."),
    "not-yours-close": _("Only the support officer closes a plan."),
    "own-proof": _("You own this action or sent its proof: somebody else verifies it."),
    "plan-there-already": _("This institution has a plan already."),
    "no-final-visit": _("A plan is proposed from a final report; there is none yet."),
    "nothing-to-mend": _("Nothing was found that a plan would have to mend."),
    "plan-closed": _("This plan is closed: nothing changes in it any more."),
    "plan-empty": _("There is nothing in this plan to sign."),
    "already-agreed": _("Both sides have signed this plan."),
    "already-signed": _("Your side has signed this plan."),
    "actions-waiting": _("Some actions still wait. The plan is closed when none does."),
    "action-not-changeable": _("A proof of this action was sent or accepted: it can't be changed now."),
    "action-ended": _("This action has ended: no further proof is needed."),
    "proofs-too-many": _("This action has enough proofs. Nobody can look at more."),
    "nothing-to-verify": _("No proof waits to be verified here."),
    "signature-missing": _("Type your name to sign."),
    "signature-differs": _("This is not the name of your account. Type it as it stands above."),
    "unknown-kind": _("Choose the kind of support."),
    "unknown-helper": _("Choose one of the list."),
    "unknown-owner": _("Choose who does it."),
    "day-past": _("This day is past. Choose a day from today on."),
    "level-out-of-scale": _("Choose the level to reach."),
    "proof-missing": _("Choose a photograph or a PDF document."),
    "document-too-large": _("This document is too large. 8 MB are the most."),
    "document-not-pdf": _("This PDF is not whole. Please save or scan it again."),
    "document-lively": _(
        "This PDF carries a program or another file inside. Please print it to PDF again, or photograph it."
    ),
    "verdict-missing": _("Say what is missing, so that it can be mended."),
    "calendar-none": _("You have no calendar address."),
    "assessment-there-already": _("A self-assessment is being written already."),
    "assessment-ended": _("This self-assessment is finished and does not change any more."),
    "assessment-incomplete": _("%(count)s criteria have no answer yet."),
}
