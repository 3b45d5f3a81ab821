"""The filters above the list of visits."""

from typing import Any

import wtforms
from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from inspect_app.queries.inspections import Filters
from inspect_app.web.places import chosen, offer_places
from inspect_app.web.words import choices

_LONGEST = 100


class FilterForm(wtforms.Form):
    """What narrows the list. Sent by GET; an unknown value narrows nothing."""

    q = wtforms.SearchField(_l("Institution or reference"))
    state = wtforms.SelectField(_l("State"), validate_choice=False)
    kind = wtforms.SelectField(_l("Kind"), validate_choice=False)
    category = wtforms.SelectField(_l("Category"), validate_choice=False)
    region = wtforms.SelectField(_l("Region"), validate_choice=False)
    province = wtforms.SelectField(_l("Prefecture or province"), validate_choice=False)
    mine = wtforms.SelectField(_l("My part"), validate_choice=False)

    late = wtforms.SelectField(_l("Deadlines"), validate_choice=False)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(request.args, **kwargs)
        for name in ("state", "kind", "category"):
            self[name].choices = choices(name, empty=_("All"))
        offer_places(self)
        self.late.choices = [("", _("All")), ("yes", _("Late")), ("critical", _("Critical findings"))]
        self.mine.choices = [("", _("All")), ("yes", _("Visits in which I take part"))]

    def filters(self) -> Filters:
        """The filters as the query takes them."""
        return Filters(
            search=(self.q.data or "")[:_LONGEST],
            state=self._chosen("state"),
            kind=self._chosen("kind"),
            category=self._chosen("category"),
            region=chosen(self, "region"),
            province=chosen(self, "province"),
            mine=self.mine.data == "yes",
            late=self.late.data == "yes",
            critical=self.late.data == "critical",
        )

    def _chosen(self, name: str) -> str:
        known = {str(value) for value, _label in self[name].choices}
        return str(self[name].data) if self[name].data in known else ""
