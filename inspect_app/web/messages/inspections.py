"""Sentences about inspections."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

SENTENCES: dict[str, LazyString] = {
    # moves
    "illegal-move": _("This is not possible in the present state of the visit. Look at the file again."),
    "not-yours-prepared": _("Only the coordinator or a member of the team marks a visit as prepared."),
    "not-yours-started": _("Only a member of the team starts the visit."),
    "not-yours-submitted": _("Only the leader of the team submits the answers."),
    "not-yours-returned": _("Only the second reader returns the answers."),
    "not-yours-accepted": _("Only the second reader accepts the answers."),
    "not-yours-draft-sent": _("Only the coordinator of the territory sends the draft report."),
    "not-yours-observations-closed": _(
        "Only the director, the coordinator or the person who answers closes the observations."
    ),
    "not-yours-finalised": _("Only the coordinator of the territory issues the final report."),
    "not-yours-cancelled": _("Only the coordinator of the territory cancels a visit."),
    "visited-it": _("Whoever took part in the visit neither sends the draft nor issues the final report."),
    "declarations-missing": _(
        "The visit cannot start: %(count)s member(s) of the team have not declared their interests yet."
    ),
    "conflict-in-team": _(
        "The visit cannot start: a member declared a conflict of interests. The coordinator must change the team."
    ),
    "unanswered": _("%(count)s criteria have no answer yet. Answer them, then submit."),
    "disputed": _("Two members answered %(count)s criteria differently. Choose an answer for each, then submit."),
    "delay-runs": _("The director may still write observations. They can be closed after the last day of the delay."),
    "observations-unanswered": _("%(count)s observations of the director have no answer yet."),
    "reason-missing": _("Please give the reason."),
    "reasons-missing": _("Please give the reasons of your answer."),
    "detail-missing": _("Please say in a few words what the conflict is."),
    "text-missing": _("Please write your observation."),
    "text-too-long": _("This text is too long: at most %(longest)s characters."),
    # planning
    "kind-not-planned": _("This kind of visit is not planned with a team."),
    "date-past": _("The date of the visit is in the past."),
    "date-unchanged": _("The visit is already planned on that day: choose another one."),
    "visit-open": _("Another visit of this institution is planned on that day: %(reference)s."),
    "team-empty": _("Choose at least one inspector."),
    "team-twice": _("A person is named twice in the team."),
    "leader-not-in-team": _("Choose the leader among the members of the team."),
    "reader-visited": _("The second reader may not be on the visiting team."),
    "responder-visited": _("Whoever answers the director's observations may not be on the visiting team."),
    "not-eligible": _("This person may not take this duty on a visit to this institution."),
    "team-fixed": _("The visit has begun: its team no longer changes."),
    # declaration
    "declaration-first": _("The file opens after you have declared whether you have a conflict of interests."),
    "conflict-declared": _("You declared a conflict of interests: this file is closed to you."),
    "already-declared": _("You have already made your declaration. If it was wrong, tell the coordinator."),
    "no-part": _("You take no part in this visit."),
    "reviewer-fixed": _("This person's work on the visit is done: nobody else can be named any more."),
    "reviewers-unchanged": _("Name somebody else for at least one of the two duties."),
    "not-on-team": _("You are not on the team of this visit."),
    "visit-ended": _("This visit has ended."),
    # answers
    "other-account": _("These answers belong to another account. Sign in with that account to send them."),
    "not-editable": _("The answers of this visit are not open for writing now."),
    "op-id-reused": _("This answer was already received with another content. Please answer again."),
    "criterion-not-asked": _("This criterion is not asked of this institution."),
    "na-not-allowed": _("This criterion always applies."),
    "na-reason-missing": _("Say why the criterion does not apply."),
    "level-or-na": _("Choose a level or “not applicable”, not both."),
    "measurement-unknown": _("This measurement is not asked here."),
    "measurement-not-a-number": _("Please type a number, for example 12.5."),
    "measurement-not-whole": _("This is counted: please type a whole number, for example 12."),
    "nothing-to-choose": _("There is nothing to choose any more: look at the present answer."),
    "not-leader": _("The leader of the team does this."),
    # files of tablets
    "import-damaged": _("This is no file of a tablet, or it was changed since the tablet wrote it."),
    "import-unknown-person": _("Whoever wrote this file has no account here."),
    # signatures and critical findings
    "name-missing": _("Please type the name."),
    "function-missing": _("Please say in which function."),
    "drawing-missing": _("Please sign in the field, or confirm «I sign»."),
    "member-refuses": _("A member of the team signs, or does not; a refusal is the institution's."),
    "criterion-not-critical": _("This criterion is not critical: it has no sheet."),
    "seen-missing": _("Please say what was seen."),
    "measure-missing": _("In immediate danger, say what was done on the spot."),
    # receipts
    "not-begun": _("This visit has not begun."),
    "receipt-text": _(
        "Receipt of visit %(reference)s: the server holds %(answers)s answers and %(photographs)s photographs. "
        "Digest of all of them: %(digest)s."
    ),
    # photographs
    "photo-damaged": _("The photograph arrived damaged. It is sent again."),
    "piece-damaged": _("A piece of the photograph arrived damaged. It is sent again."),
    "piece-elsewhere": _("This piece of the photograph does not follow those that are here. It is sent again."),
    "photo-missing": _("Please choose a photograph."),
    "photo-not-an-image": _("This file is not a photograph (JPEG, PNG or WebP) that can be read."),
    "photo-too-large": _("This photograph is too large: at most 8 MB and 40 megapixels."),
    "photo-final": _("The final report is issued: its photographs no longer change."),
    "photos-too-many": _("There are already %(most)s photographs on this criterion."),
    # observations
    "not-yours-observation": _("Only the director of the institution writes observations."),
    "not-yours-response": _("Only the person named for it, who was not on the visit, answers the observations."),
    "observations-not-open": _("Observations are not open: the draft is not with the director now."),
    "observations-late": _("The delay for observations is over."),
    "responses-not-open": _("Observations are answered after they are closed, and before the final report."),
    "already-responded": _("This observation has already been answered."),
    "outcome-unknown": _("Choose whether the observation is accepted, accepted in part or rejected."),
    "level-with-rejection": _("A rejected observation does not change the level."),
    "level-without-criterion": _("An observation on the whole report does not change a level."),
    "level-unknown": _("This level does not exist."),
    "level-unchanged": _("This is already the level of the criterion."),
}
