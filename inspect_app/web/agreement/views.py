"""How far inspectors agree on criteria rated twice, and whom a calibration meeting would help."""

from collections.abc import Iterator
from dataclasses import asdict
from fractions import Fraction
from typing import Any

import wtforms
from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from inspect_app.adapters import clock, tables
from inspect_app.adapters.agreement_files import load_agreement_policy
from inspect_app.domain.agreement_report import Group
from inspect_app.domain.permissions import Permission
from inspect_app.domain.rounding import rounded
from inspect_app.queries.agreement import Agreement, Filters, agreement
from inspect_app.services.agreement import export_agreement
from inspect_app.web.access import current_actor, may
from inspect_app.web.agreement.rows import Row, meetings, rows_of
from inspect_app.web.places import chosen, offer_places
from inspect_app.web.words import choices, word

pages = Blueprint("agreement", __name__, url_prefix="/agreement")


class FilterForm(wtforms.Form):
    """What narrows the ratings. Sent by GET; an unknown value narrows nothing."""

    region = wtforms.SelectField(_l("Region"), validate_choice=False)
    province = wtforms.SelectField(_l("Prefecture or province"), validate_choice=False)
    category = wtforms.SelectField(_l("Category"), validate_choice=False)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(request.args, **kwargs)
        offer_places(self)
        self.category.choices = choices("category", empty=_("All"))

    def filters(self) -> Filters:
        """The filters as the query takes them."""
        return Filters(**{name: chosen(self, name) for name in ("region", "province", "category")})


@pages.get("/")
@may(Permission.SEE_AGREEMENT)
def index() -> ResponseReturnValue:
    """Kappa with its interval per domain, pair of inspectors and criterion; below the threshold, a meeting is proposed."""
    form = FilterForm()
    policy = load_agreement_policy()
    filters = form.filters()
    found = agreement(current_actor(), filters, policy)
    return render_template(
        "agreement/index.html",
        form=form,
        query={name: value for name, value in asdict(filters).items() if value},
        found=found,
        policy=policy,
        threshold=rounded(policy.threshold, 2, "half-up"),
        all=Row.of(found.report.all, _("All ratings")),
        tables=rows_of(found),
        meetings=meetings(found),
    )


@pages.get("/export")
@may(Permission.SEE_AGREEMENT)
def export() -> ResponseReturnValue:
    """The same figures as CSV: a line per domain, pair and criterion."""
    found = export_agreement(current_actor(), filters=FilterForm().filters(), policy=load_agreement_policy())
    answer = Response(tables.write_csv(_headers(), _lines(found)), content_type="text/csv; charset=utf-8")
    name = f"agreement-{clock.today().isoformat()}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


_COLUMNS = {
    "of": _l("What"),
    "code": _l("Code"),
    "title": _l("Title"),
    "pairs": _l("Pairs of levels"),
    "same": _l("Same level"),
    "applicability": _l("Level against not applicable"),
    "both_not_applicable": _l("Both not applicable"),
    "kappa": _l("Quadratic weighted kappa"),
    "low": _l("Interval from"),
    "high": _l("Interval to"),
    "confidence": _l("Confidence, percent"),
    "minimum": _l("Fewest pairs"),
    "state": _l("Reading"),
}


def _headers() -> list[str]:
    """``Label [code]`` of each column."""
    return [f"{label} [{name}]" for name, label in _COLUMNS.items()]


def _lines(found: Agreement) -> Iterator[list[Any]]:
    for kind, rows in rows_of(found).items():
        for row in rows:
            yield [word(kind, "agreement_of"), row.code, row.title, *_figures(row.group)]


def _figures(group: Group[Any]) -> list[Any]:
    interval = group.interval
    return [
        group.pairs,
        group.same,
        group.applicability,
        group.both_not_applicable,
        _decimal(group.kappa),
        _decimal(interval.low if interval else None),
        _decimal(interval.high if interval else None),
        interval.confidence if interval else "",
        group.minimum,
        word(group.state, "agreement"),
    ]


def _decimal(value: Fraction | None) -> str:
    return "" if value is None else str(rounded(value, 4, "half-up"))
