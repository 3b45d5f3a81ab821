"""A person's deadlines in the calendar of their phone: a secret address that can be taken back."""

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from inspect_app.adapters import clock
from inspect_app.adapters.calendars import Deadline, calendar_file
from inspect_app.domain.permissions import Permission
from inspect_app.models import PlanAction
from inspect_app.queries import plans as questions
from inspect_app.queries.plans import calendar as feeds
from inspect_app.services.plans import calendars as deeds
from inspect_app.web.access import current_actor, may, public
from inspect_app.web.languages import LOCALES
from inspect_app.web.plans.blueprint import pages
from inspect_app.web.words import word

calendar = Blueprint("calendar", __name__, url_prefix="/calendar")


@pages.get("/calendar")
@may(Permission.SEE_PLANS)
def feed() -> ResponseReturnValue:
    """Whether there is an address, and how to make one."""
    return render_template("plans/feed.html", feed=feeds.feed_of(current_actor().user_id), address="")


@pages.post("/calendar")
@may(Permission.SEE_PLANS)
def change_feed() -> ResponseReturnValue:
    """Make an address, which is shown this once; or take it back (``deed=revoke``)."""
    actor = current_actor()
    if request.form.get("deed") == "revoke":
        deeds.revoke_feed(actor)
        flash(_("The address opens nothing any more."), "success")
        return redirect(url_for(".feed"), 303)
    secret = deeds.open_feed(actor)
    address = current_app.config["PUBLIC_URL"] + url_for("calendar.read", secret=secret)
    return render_template("plans/feed.html", feed=feeds.feed_of(actor.user_id), address=address)


@calendar.get("/<secret>.ics")
@public
def read(secret: str) -> ResponseReturnValue:
    """The calendar, for whoever knows the secret: titles of criteria and days, no proof and no person's name."""
    user = feeds.owner_of(secret)
    if user is None:  # taken back, or never given: calendars let go of an address that is gone for good
        return Response(_("This calendar is not there any more."), status=410, mimetype="text/plain")
    with force_locale(LOCALES.get(user.language, "ar_MA")):
        entries = [_entry(action, user.language) for action in feeds.deadlines_for(user)]
        data = calendar_file(_("Support plans"), entries, language=user.language, at=clock.now())
    answer = Response(data, mimetype="text/calendar")
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Content-Disposition"] = 'inline; filename="miyar.ics"'
    return answer


def _entry(action: PlanAction, language: str) -> Deadline:
    base = current_app.config["PUBLIC_URL"]
    return Deadline(
        uid=f"plan-action-{action.id}@miyar",
        on=action.due_on,
        title=f"{questions.title_of(action).get(language)} – {action.plan.institution.name(language)}",
        text=word(action.state, "action_state"),
        address=f"{base}/plans/{action.plan_id}/actions/{action.id}",
    )
