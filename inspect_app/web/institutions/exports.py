"""The list as CSV or XLSX: headers in the reader's language with the stable code of each column."""

from collections.abc import Iterator
from typing import Any

from flask import Response, request
from flask.typing import ResponseReturnValue

from inspect_app.adapters import clock, tables
from inspect_app.domain.permissions import Permission
from inspect_app.models import Institution
from inspect_app.services import institutions as deeds
from inspect_app.web.access import current_actor, may
from inspect_app.web.institutions.blueprint import pages
from inspect_app.web.institutions.filters import FilterForm
from inspect_app.web.languages import direction, language
from inspect_app.web.words import WORDS, word

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.get("/export")
@may(Permission.EXPORT_INSTITUTIONS)
def export() -> ResponseReturnValue:
    """Every institution that the filters leave, as a file (``?format=csv|xlsx``)."""
    kind = "xlsx" if request.args.get("format") == "xlsx" else "csv"
    rows = deeds.export_institutions(current_actor(), filters=FilterForm().filters(), kind=kind)
    return table_answer(f"institutions-{clock.today().isoformat()}", kind, headers(), (line(row) for row in rows))


def headers(columns: tuple[str, ...] = (*deeds.COLUMNS, *deeds.READ_ONLY)) -> list[str]:
    """``Label [code]`` of each column."""
    return [f"{WORDS['column'][name]} [{name}]" for name in columns]


def line(institution: Institution) -> list[Any]:
    """One institution as a row: what can be imported again, then the same in words."""
    code = language()
    values = {"code": institution.code, **deeds.particulars(institution)}
    values["services"] = ", ".join(values["services"])
    words = {
        "region": institution.province.region.name_ar if code == "ar" else institution.province.region.name_fr,
        "province": institution.province.name_ar if code == "ar" else institution.province.name_fr,
        "category_label": word(institution.category, "category"),
        "capacity": institution.capacity,
        "present": institution.present,
        "level": institution.level,
        "level_label": word(institution.level, "level") if institution.level else "",
        "score": institution.score,
        "level_since": institution.level_since,
        "last_visit_on": institution.last_visit_on,
    }
    return [{**values, **words}[name] for name in (*deeds.COLUMNS, *deeds.READ_ONLY)]


def table_answer(name: str, kind: str, head: list[str], rows: Iterator[list[Any]], *, more: Any = ()) -> Response:
    """A table as a download. ``more``: further sheets, which only XLSX has."""
    if kind == "xlsx":
        rtl = direction(language()) == "rtl"
        data = tables.write_xlsx([(name, head, rows), *more], right_to_left=rtl)
    else:
        data = tables.write_csv(head, rows)
    answer = Response(data, content_type=XLSX if kind == "xlsx" else "text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
