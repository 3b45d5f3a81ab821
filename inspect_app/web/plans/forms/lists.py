"""The filters above the list of plans."""

from typing import Any

import wtforms
from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from inspect_app.queries.plans import Filters
from inspect_app.web.places import chosen, offer_places
from inspect_app.web.words import choices

_LONGEST = 100


class FilterForm(wtforms.Form):
    """What narrows the list. Sent by GET; an unknown value narrows nothing."""

    q = wtforms.SearchField(_l("Institution"))
    state = wtforms.SelectField(_l("State"), validate_choice=False)
    late = wtforms.SelectField(_l("Deadlines"), validate_choice=False)
    region = wtforms.SelectField(_l("Region"), validate_choice=False)
    province = wtforms.SelectField(_l("Prefecture or province"), validate_choice=False)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(request.args, **kwargs)
        self.state.choices = [*choices("plan_state", empty=_("All")), ("none", _("Without a plan"))]
        self.late.choices = [("", _("All")), ("yes", _("Late"))]
        offer_places(self)

    def filters(self) -> Filters:
        """The filters as the query takes them."""
        known = {str(value) for value, _label in self.state.choices}
        return Filters(
            search=(self.q.data or "")[:_LONGEST],
            state=str(self.state.data) if self.state.data in known else "",
            region=chosen(self, "region"),
            province=chosen(self, "province"),
            late=self.late.data == "yes",
        )
