"""Forms of planning: kind, date, team and those who will review it."""

from typing import Any

import wtforms
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from inspect_app.domain.inspections import PLANNED_KINDS
from inspect_app.domain.permissions import Permission
from inspect_app.models import Inspection, Institution
from inspect_app.queries.inspections import Candidate, candidates
from inspect_app.services.inspections import MemberInput
from inspect_app.web.fields import DateField, LongTextField, Required
from inspect_app.web.languages import language
from inspect_app.web.messages import sentence
from inspect_app.web.words import WORDS, word


def _person(value: Any) -> int | None:
    return int(value) if str(value).isascii() and str(value).isdigit() else None


class _PeopleForm(FlaskForm):
    """Team, leader and reviewers. The template writes the team as a table of candidates."""

    team = wtforms.SelectMultipleField(
        _l("Visiting team"),
        coerce=_person,
        widget=wtforms.widgets.ListWidget(prefix_label=False),
        option_widget=wtforms.widgets.CheckboxInput(),
        validate_choice=False,
    )
    leader = wtforms.RadioField(_l("Team leader"), coerce=_person, validate_choice=False, validators=[])
    second_reader = wtforms.SelectField(
        _l("Second reader"), coerce=_person, validate_choice=False, validators=[Required()]
    )
    responder = wtforms.SelectField(
        _l("Who answers the director's observations"), coerce=_person, validate_choice=False, validators=[Required()]
    )

    def offer(self, institution: Institution) -> None:
        """Everybody who may take each duty at this institution."""
        self.candidates = candidates(institution, Permission.ANSWER_INSPECTIONS)
        people = [(c.user_id, _label(c)) for c in self.candidates]
        self.team.choices, self.leader.choices = people, people
        for field, duty in (
            (self.second_reader, Permission.REVIEW_INSPECTIONS),
            (self.responder, Permission.ANSWER_OBSERVATIONS),
        ):
            field.choices = _grouped(candidates(institution, duty))

    def validate(self, extra_validators: Any = None) -> bool:
        """Faults of the team are said with those of the other fields, not one after the other."""
        valid = bool(super().validate(extra_validators))
        chosen = [user_id for user_id in self.team.data or [] if user_id is not None]
        for field, code, wrong in (
            (self.team, "team-empty", not chosen),
            (self.leader, "leader-not-in-team", bool(chosen) and self.leader.data not in chosen),
        ):
            if wrong:
                field.errors = [*field.errors, sentence(code)]
                valid = False
        return valid

    def members(self) -> list[MemberInput]:
        """The team as the service takes it."""
        chosen = [user_id for user_id in self.team.data or [] if user_id is not None]
        return [MemberInput(user_id, leader=user_id == self.leader.data) for user_id in chosen]


class PlanForm(_PeopleForm):
    """A new visit."""

    _fields: dict[str, wtforms.Field]

    kind = wtforms.SelectField(_l("Kind of visit"), validate_choice=False, validators=[Required()])
    planned_on = DateField(_l("Date of the visit"), required=True)
    purpose = LongTextField(
        _l("Purpose"), limit=2000, description=_l("What this visit should look at, if anything special.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = ("kind", "planned_on", "purpose")  # as on the page; inherited fields come first otherwise
        self._fields = {name: self._fields[name] for name in (*first, *(n for n in self._fields if n not in first))}

    def offer(self, institution: Institution) -> None:
        """As above, and the kinds that are planned."""
        super().offer(institution)
        self.kind.choices = [("", _("Choose…")), *((k.value, WORDS["kind"][k.value]) for k in PLANNED_KINDS)]


class TeamForm(_PeopleForm):
    """Other people on a planned visit."""

    reason = LongTextField(_l("Reason for the change"), limit=2000, required=True)

    def fill(self, inspection: Inspection) -> None:
        """The people as they are, before anything was typed."""
        if self.is_submitted():
            return
        self.team.data = [m.user_id for m in inspection.team]
        self.leader.data = next((m.user_id for m in inspection.team if m.leader), None)
        for reviewer in inspection.reviewers:
            field = self.second_reader if reviewer.duty == "second_reading" else self.responder
            field.data = reviewer.user_id


class DateForm(FlaskForm):
    """Another day for a planned visit."""

    planned_on = DateField(_l("New date of the visit"), required=True)
    reason = LongTextField(_l("Reason for the change"), limit=2000, required=True)


class ReviewersForm(FlaskForm):
    """Another second reader or responder."""

    second_reader = wtforms.SelectField(
        _l("Second reader"), coerce=_person, validate_choice=False, validators=[Required()]
    )
    responder = wtforms.SelectField(
        _l("Who answers the director's observations"), coerce=_person, validate_choice=False, validators=[Required()]
    )
    reason = LongTextField(_l("Reason for the change"), limit=2000, required=True)

    def offer(self, inspection: Inspection) -> None:
        """Everybody who may take each duty but is not on the team; chosen at first: who has it now."""
        team = {m.user_id for m in inspection.team}
        now = {r.duty: r.user_id for r in inspection.reviewers}
        for field, duty, permission in (
            (self.second_reader, "second_reading", Permission.REVIEW_INSPECTIONS),
            (self.responder, "responses", Permission.ANSWER_OBSERVATIONS),
        ):
            field.choices = _grouped(
                [c for c in candidates(inspection.institution, permission) if c.user_id not in team]
            )
            if not self.is_submitted():
                field.data = now.get(duty)


def _label(candidate: Candidate) -> str:
    return _("%(name)s, %(body)s", name=candidate.display_name(language()), body=word(candidate.body, "body"))


def _grouped(found: list[Candidate]) -> dict[str, list[tuple[Any, str]]] | list[tuple[Any, str]]:
    near = [(c.user_id, _label(c)) for c in found if c.near]
    far = [(c.user_id, _label(c)) for c in found if not c.near]
    groups: dict[str, list[tuple[Any, str]]] = {_("Choice"): [("", _("Choose…"))]}
    if near:
        groups[_("In this territory")] = near
    if far:
        groups[_("Elsewhere")] = far
    return groups
