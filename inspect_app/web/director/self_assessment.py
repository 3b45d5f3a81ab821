"""The director rates their own institution before a visit, domain by domain, on the inspectors' checklist."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from inspect_app.domain.errors import NotVisibleError
from inspect_app.domain.permissions import Permission
from inspect_app.queries import self_assessments as questions
from inspect_app.services import self_assessments as deeds
from inspect_app.web.access import current_actor, may
from inspect_app.web.director.views import chosen, pages


@pages.get("/desk/self-assessment")
@may(Permission.ASSESS_OWN_INSTITUTION)
def self_assessment() -> ResponseReturnValue:
    """The one that is being written with its progress, and the finished ones."""
    institution, every = chosen()
    if institution is None:
        return render_template("director/choose.html", institutions=every, endpoint="director.self_assessment")
    found = questions.of_institution(institution.id)
    running = next((row for row in found if row.submitted_at is None), None)
    return render_template(
        "director/self_assessment.html",
        institution=institution,
        running=running,
        finished=[row for row in found if row.submitted_at is not None],
        progress=questions.progress(running) if running else [],
        titles={d.code: d.title for d in questions.checklist_of(running).domains} if running else {},
    )


@pages.post("/desk/self-assessment/begin")
@may(Permission.ASSESS_OWN_INSTITUTION)
def begin_assessment() -> ResponseReturnValue:
    """Begin one (``institution`` in the form or the address)."""
    number = request.values.get("institution", type=int)
    if number is None:
        raise NotVisibleError("institution")
    row = deeds.begin(current_actor(), institution_id=number)
    return redirect(url_for(".self_assessment", institution=row.institution_id), 303)


@pages.route("/desk/self-assessment/<int:assessment_id>/<domain>", methods=["GET", "POST"])
@may(Permission.ASSESS_OWN_INSTITUTION)
def assess(assessment_id: int, domain: str) -> ResponseReturnValue:
    """The criteria of one domain; what was chosen is kept, and the next domain opens."""
    row = questions.own(current_actor(), assessment_id)
    checklist = questions.checklist_of(row)
    criteria = [c for c in questions.asked(row) if c.domain == domain]
    if not criteria:
        raise NotVisibleError("domain")
    if request.method == "POST":
        given = {}
        for c in criteria:
            chosen_level = request.form.get(f"level-{c.code}", "")
            if chosen_level in ("0", "1", "2", "3", "na"):
                level = None if chosen_level == "na" else int(chosen_level)
                given[c.code] = deeds.OwnAnswer(level, request.form.get(f"note-{c.code}", ""))
        deeds.answer(current_actor(), assessment_id=assessment_id, answers=given)
        flash(_("Your answers are saved."), "success")
        following = _after(questions.progress(row), domain)
        if following is None:
            return redirect(url_for(".self_assessment", institution=row.institution_id), 303)
        return redirect(url_for(".assess", assessment_id=assessment_id, domain=following), 303)
    if row.submitted_at is not None:
        return redirect(url_for("plans.gap", assessment_id=row.id))
    return render_template(
        "director/assess.html",
        assessment=row,
        institution=row.institution,
        domain=next(d for d in checklist.domains if d.code == domain),
        criteria=criteria,
        answers=questions.answers(row.id),
    )


@pages.post("/desk/self-assessment/<int:assessment_id>/finish")
@may(Permission.ASSESS_OWN_INSTITUTION)
def finish_assessment(assessment_id: int) -> ResponseReturnValue:
    """Finish it: the result is computed, and nothing changes any more."""
    deeds.finish(current_actor(), assessment_id=assessment_id)
    flash(_("Your self-assessment is finished."), "success")
    return redirect(url_for("plans.gap", assessment_id=assessment_id), 303)


def _after(progress: list[questions.Progress], domain: str) -> str | None:
    """The next domain in which something is missing, looking onwards from this one."""
    codes = [p.code for p in progress]
    place = codes.index(domain)
    later = [*progress[place + 1 :], *progress[:place]]
    return next((p.code for p in later if p.answered < p.asked), None)
