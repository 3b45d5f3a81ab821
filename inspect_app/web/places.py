"""Region and province as filters: each person is offered the places between which they can really choose."""

from typing import Any

import wtforms
from flask_babel import gettext as _

from inspect_app.queries.territories import provinces_in_scope, regions_in_scope
from inspect_app.web.access import current_actor
from inspect_app.web.languages import language


def offer_places(form: Any) -> None:
    """Fill the fields ``region`` and ``province`` of a filter form; a field with nothing to choose is left out.

    Whoever has one region chooses among its provinces. Whoever has several chooses the region first, and where the form
    has no region yet the provinces of all are offered.
    """
    code, actor = language(), current_actor()
    regions, provinces = regions_in_scope(actor), provinces_in_scope(actor)
    chosen = form.region.data if form.region.data in {place.code for place in regions} else ""
    inside = [place for place in provinces if not chosen or place.region == chosen]
    _fill(form, "region", [(place.code, place.name(code)) for place in regions])
    _fill(form, "province", [(place.code, place.name(code)) for place in inside])


def chosen(form: Any, name: str) -> str:
    """The code chosen in a field of places; empty where the field is not offered or the code is none of them."""
    field: wtforms.SelectField | None = form._fields.get(name)
    if field is None or field.data not in {str(value) for value, _label in field.choices}:
        return ""
    return str(field.data)


def _fill(form: Any, name: str, places: list[tuple[str, str]]) -> None:
    if name not in form._fields:
        return
    if len(places) < 2:
        del form[name]
        return
    form[name].choices = [("", _("All")), *places]
