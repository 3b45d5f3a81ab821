"""The page «what if?», for the director and for the office: what was chosen in the address, and what it would give."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inspect_app.domain.checklists import Criterion
from inspect_app.domain.scoring.way import Way
from inspect_app.domain.scoring.what_if import Stand, what_if
from inspect_app.models import Institution
from inspect_app.queries.what_if import Ground


@dataclass(frozen=True)
class Line:
    """One criterion on the page: as found, and as supposed."""

    criterion: Criterion
    found: int
    supposed: int
    failing: bool


def what_if_page(
    institution: Institution, found: Ground | None, *, endpoint: str, back: tuple[str, str], place: Mapping[str, int]
) -> ResponseReturnValue:
    """The page; of a request that exchanges parts only the result. ``place`` names the institution in the address."""
    if found is None:
        return render_template("simulation/none.html", institution=institution, back=back)
    stand = found.stand
    result = what_if(stand, _supposed(stand))
    next_ways = result.stand.ways()

    def address(way: Way | None = None) -> str:
        """This page with the changes of a way beside those that stand."""
        values: dict[str, Any] = dict(place)
        if way is not None:
            values |= {code: now for code, (_, now) in result.changes.items()}
            values |= {c.criterion: c.to_level for c in way.changes}
        return url_for(endpoint, **values)

    part = "HX-Request" in request.headers
    answer = make_response(
        render_template(
            "simulation/_result.html" if part else "simulation/page.html",
            part=part,
            institution=institution,
            visit=found.visit,
            checklist=stand.checklist,
            rules=stand.rules,
            result=result,
            ways=next_ways,
            domains=_lines(stand, result.stand),
            address=address,
            back=back,
            place=place,
        )
    )
    answer.vary.add("HX-Request")
    return answer


def _supposed(stand: Stand) -> dict[str, int]:
    """The levels in the address, one per criterion; what is no level of the scale is left as it was found.

    ``way=accredited`` stands for the changes of the way to a level.
    """
    levels = {}
    if wanted := request.args.get("way"):
        for way in stand.ways():
            if way.level == wanted:
                levels.update({change.criterion: change.to_level for change in way.changes})
    for code in stand.mendable:
        given = request.args.get(code, "")
        if given.isdecimal() and len(given) == 1:
            levels[code] = int(given)
    return levels


def _lines(stand: Stand, supposed: Stand) -> list[tuple[str, list[Line]]]:
    """The criteria that could be better, by domain; within it what fails first."""
    by_domain: dict[str, list[Line]] = {}
    for code in stand.mendable:
        criterion = stand.checklist.criterion(code)
        level = stand.level_of(code) or 0
        line = Line(criterion, level, supposed.level_of(code) or 0, level < stand.rules.failing_below)
        by_domain.setdefault(criterion.domain, []).append(line)
    return [(code, sorted(lines, key=lambda line: not line.failing)) for code, lines in by_domain.items()]
