"""Compliance over time of an institution, and the effect of support in a territory."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from inspect_app.adapters import charts
from inspect_app.adapters.rule_files import load_rules
from inspect_app.domain.compliance import effects
from inspect_app.domain.permissions import Permission
from inspect_app.queries import compliance as questions
from inspect_app.queries import plans
from inspect_app.web.access import current_actor, may
from inspect_app.web.context import format_date, format_number
from inspect_app.web.languages import language
from inspect_app.web.plans.blueprint import pages

#: As many points as a phone shows without dates touching.
_MOST = 6


@pages.get("/institutions/<int:institution_id>/compliance")
@may(Permission.SEE_PLANS)
def compliance(institution_id: int) -> ResponseReturnValue:
    """Each visit and self-assessment as a picture and a table; ``?domain=`` opens the criteria of a domain."""
    found = questions.compliance_of(current_actor(), institution_id)
    titles = dict(found.domains)
    domain = request.args.get("domain", "")
    domain = domain if domain in titles else ""
    criteria = found.criteria(domain) if domain else []
    return render_template(
        "plans/compliance.html",
        found=found,
        institution=found.institution,
        domain=domain,
        titles=titles,
        criteria=criteria,
        levels=questions.levels_by_point(found, [code for code, _title in criteria]) if criteria else {},
        picture=_picture(found, domain),
        plan=plans.current(institution_id),
    )


@pages.get("/effect")
@may(Permission.SEE_EFFECT)
def effect() -> ResponseReturnValue:
    """What changed where support was given, beside where it was planned and not given."""
    actions = questions.supported(current_actor())
    met_from = load_rules().failing_below
    return render_template(
        "plans/effect.html",
        count=len(actions),
        kinds=effects(actions, lambda a: a.kind, met_from=met_from),
        helpers=effects(actions, lambda a: a.helper, met_from=met_from),
    )


def _picture(found: questions.Compliance, domain: str) -> Markup | None:
    """The scores over time, of the whole or of a domain; None where there is none."""
    points = [(p, p.domains.get(domain) if domain else p.score) for p in found.points if p.visit]
    scored = [(p, score) for p, score in points if score is not None][-_MOST:]
    if not scored:
        return None
    svg = charts.history_chart(
        [charts.Visit(f"{p.on:%m/%Y}", score) for p, score in scored],
        language(),
        title=_("Score of each visit, in percent"),
        description="; ".join(f"{format_date(p.on)}: {format_number(score, 2)}" for p, score in scored),
    )
    return Markup(svg)  # noqa: S704 - drawn by us, every text escaped by the writer of XML
