"""Forms of administration: a person's account, and the filters of both lists."""

import re
from datetime import date
from typing import Any

import wtforms
from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_security.forms import EmailValidation
from flask_wtf import FlaskForm
from wtforms import SelectChoice, widgets

from inspect_app.domain.errors import DomainError
from inspect_app.domain.people import Scopes, check_functions
from inspect_app.domain.roles import Role
from inspect_app.models import User
from inspect_app.queries import audit as journal
from inspect_app.queries import users as people
from inspect_app.queries.territories import provinces, regions
from inspect_app.services.users.administration import scopes_of
from inspect_app.web.fields import Required, TextField
from inspect_app.web.languages import NAMES, language
from inspect_app.web.messages import sentence
from inspect_app.web.words import choices
from inspect_app.web.words.audit import verb_label

_LONGEST = 100


class _Boxes(wtforms.SelectMultipleField):
    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()


class PersonForm(FlaskForm):
    """Names, body, roles and territory of a person."""

    name = TextField(_l("Name in Latin letters"), required=True)
    name_ar = TextField(_l("Name in Arabic letters"), render_kw={"dir": "rtl", "lang": "ar"})
    body = wtforms.SelectField(_l("Administration or organisation"), validators=[Required()])
    roles = _Boxes(_l("Roles"))
    national = wtforms.BooleanField(_l("The whole kingdom"))
    regions = _Boxes(_l("Regions"))
    provinces = wtforms.SelectMultipleField(_l("Prefectures and provinces"), render_kw={"size": 8})
    institutions = TextField(
        _l("Institutions, by their number in the registry"),
        description=_l("Only for directors, for example 04.421-0007. Several are separated by spaces."),
        render_kw={"dir": "ltr"},
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        code = language()
        self.body.choices = choices("body")
        self.roles.choices = choices("role")
        self.regions.choices = [(place.code, place.name(code)) for place in regions()]
        self.provinces.choices = [(place.code, f"{place.name(code)} ({place.code})") for place in provinces("")]
        self._institution_ids: frozenset[int] = frozenset()

    @classmethod
    def of(cls, user: User) -> "PersonForm":
        """The form filled with what the account says now."""
        scopes = scopes_of(user)
        codes = [scope.institution.code for scope in user.scopes if scope.institution]
        return cls(
            data={
                "name": user.name,
                "name_ar": user.name_ar,
                "body": user.body,
                "roles": [role.name for role in user.roles],
                "national": scopes.national,
                "regions": sorted(scopes.regions),
                "provinces": sorted(scopes.provinces),
                "institutions": " ".join(sorted(codes)),
            }
        )

    def validate_institutions(self, field: wtforms.Field) -> None:
        """Codes of the registry become ids; unknown ones are named."""
        codes = {part for part in re.split(r"[\s,;،؛]+", field.data or "") if part}
        found = people.institution_ids(codes)
        unknown = sorted(codes - set(found))
        if unknown:
            raise wtforms.ValidationError(_("Not in the registry: %(codes)s", codes=", ".join(unknown)[:_LONGEST]))
        self._institution_ids = frozenset(found.values())

    def validate(self, extra_validators: Any = None) -> bool:
        """Roles and territory that do not go together are said at once, with whatever else is wrong."""
        sound = bool(super().validate(extra_validators))
        if not (self.roles.errors or self.institutions.errors):
            try:
                check_functions(self.functions(), self.scopes())
            except DomainError as error:
                field = self[error.field or "roles"]
                field.errors = [*field.errors, sentence(error.code, **error.params)]
                return False
        return sound

    def functions(self) -> frozenset[Role]:
        """The chosen roles."""
        return frozenset(Role(code) for code in self.roles.data or [])

    def scopes(self) -> Scopes:
        """The chosen territory."""
        return Scopes(
            national=bool(self.national.data),
            regions=frozenset(self.regions.data or []),
            provinces=frozenset(self.provinces.data or []),
            institutions=self._institution_ids,
        )


class NewPersonForm(PersonForm):
    """The same with the address, which the person changes later, and the language of the invitation."""

    email = wtforms.EmailField(
        _l("Mail address"), validators=[Required(), EmailValidation(verify=True)], render_kw={"dir": "ltr"}
    )
    language = wtforms.SelectField(_l("Language of letters"))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.language.choices = [SelectChoice(code, name, {"lang": code}) for code, name in NAMES.items()]


class PeopleFilter(wtforms.Form):
    """What narrows the list of people. Sent by GET; an unknown value narrows nothing."""

    q = wtforms.SearchField(_l("Name or mail address"))
    role = wtforms.SelectField(_l("Role"), validate_choice=False)
    region = wtforms.SelectField(_l("Region"), validate_choice=False)
    state = wtforms.SelectField(_l("State"), validate_choice=False)

    def __init__(self) -> None:
        super().__init__(request.args)
        self.role.choices = choices("role", empty=_l("All"))
        self.region.choices = [("", _l("All")), *((place.code, place.name(language())) for place in regions())]
        self.state.choices = choices("account_state", empty=_l("All"))

    def filters(self) -> people.Filters:
        """What was chosen, for the queries."""
        return people.Filters(
            search=(self.q.data or "")[:_LONGEST],
            role=_known(self.role),
            region=_known(self.region),
            state=_known(self.state),
        )


class AuditFilter(wtforms.Form):
    """What narrows the journal. Sent by GET; what cannot be read narrows nothing."""

    actor = wtforms.SearchField(_l("Who"))
    verb = wtforms.SelectField(_l("What"), validate_choice=False)
    chain = wtforms.StringField(_l("File, for example inspection/12"), render_kw={"dir": "ltr"})
    since = wtforms.DateField(_l("From"))
    until = wtforms.DateField(_l("To"))

    def __init__(self, verbs: list[str]) -> None:
        super().__init__(request.args)
        self.verb.choices = [("", _l("All")), *((verb, verb_label(verb)) for verb in verbs)]
        self.validate()  # reads the dates

    def filters(self) -> journal.Filters:
        """What was chosen, for the queries."""
        return journal.Filters(
            actor=(self.actor.data or "").strip()[:_LONGEST],
            verb=_known(self.verb),
            chain=(self.chain.data or "").strip()[:_LONGEST],
            since=_day(self.since),
            until=_day(self.until),
        )


def _day(field: wtforms.DateField) -> date | None:
    # the calendar ends at 9999: one day later must still exist
    return field.data if field.data and date(1900, 1, 1) <= field.data <= date(2999, 1, 1) else None


def _known(field: wtforms.SelectField) -> str:
    known = {str(value) for value, _label in field.choices}
    return str(field.data) if field.data in known else ""
