"""The filter form above the list; the same query arguments narrow the exports."""

from typing import Any

import wtforms
from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from inspect_app.queries.institutions import NOT_EVALUATED, SORTS, Filters
from inspect_app.web.languages import language
from inspect_app.web.places import chosen, offer_places
from inspect_app.web.words import choices

_LONGEST = 100


class FilterForm(wtforms.Form):
    """What narrows the list. Sent by GET; an unknown value narrows nothing."""

    q = wtforms.SearchField(_l("Name, commune, association or number"))
    region = wtforms.SelectField(_l("Region"), validate_choice=False)
    province = wtforms.SelectField(_l("Prefecture or province"), validate_choice=False)
    category = wtforms.SelectField(_l("Category"), validate_choice=False)
    level = wtforms.SelectField(_l("Level"), validate_choice=False)
    authorised = wtforms.SelectField(_l("Authorisation"), validate_choice=False)
    problem = wtforms.SelectField(_l("Problem"), validate_choice=False)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(request.args, **kwargs)
        offer_places(self)
        self.category.choices = choices("category", empty=_("All"))
        self.level.choices = [*choices("level", empty=_("All")), (NOT_EVALUATED, _("Not yet evaluated"))]
        self.authorised.choices = [("", _("All")), ("yes", _("Authorised")), ("no", _("Not authorised"))]
        self.problem.choices = [
            ("", _("All")),
            ("over-capacity", _("Over capacity")),
            ("no-director", _("No director in post")),
        ]
        for field in (self.category, self.level, self.authorised, self.problem):
            if field.data not in {str(value) for value, _label in field.choices}:
                field.data = ""

    def filters(self) -> Filters:
        """What was chosen, for the queries. The order is in ``sort``: a key, or ``-key`` downwards."""
        sort = request.args.get("sort", "")
        key = sort.removeprefix("-")
        return Filters(
            search=(self.q.data or "")[:_LONGEST],
            region=chosen(self, "region"),
            province=chosen(self, "province"),
            category=self.category.data,
            level=self.level.data,
            authorised={"yes": True, "no": False}.get(self.authorised.data),
            over_capacity=self.problem.data == "over-capacity",
            no_director=self.problem.data == "no-director",
            imported=_sha256(request.args.get("imported", "")),
            sort=key if key in SORTS else "name",
            descending=sort.startswith("-") and key in SORTS,
            language=language(),
        )


def _sha256(text: str) -> str:
    return text if len(text) == 64 and all(sign in "0123456789abcdef" for sign in text) else ""
