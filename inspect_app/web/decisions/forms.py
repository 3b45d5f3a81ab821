"""Forms of dossiers and appeals."""

from typing import Any

import wtforms
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms.validators import AnyOf

from inspect_app.domain.decisions.outcomes import OUTCOMES, Matter
from inspect_app.web.fields import DateField, LongTextField, Required
from inspect_app.web.words import WORDS


class FilterForm(FlaskForm):
    """The list of dossiers."""

    class Meta:
        csrf = False

    state = wtforms.SelectField(
        _l("State"), choices=lambda: [("", _l("All")), *WORDS["dossier_state"].items()], validate_choice=False
    )
    outcome = wtforms.SelectField(
        _l("Decision"), choices=lambda: [("", _l("All")), *WORDS["decision"].items()], validate_choice=False
    )


class InterestsForm(FlaskForm):
    """Whether somebody who acts on a dossier has a conflict of interests."""

    conflict = wtforms.RadioField(
        _l("Your declaration"),
        choices=[
            ("no", _l("I have no conflict of interests with this institution, its association or its staff.")),
            ("yes", _l("I have a conflict of interests.")),
        ],
        validators=[Required(), AnyOf(["no", "yes"], message=_l("Choose one of the two."))],
        validate_choice=False,
    )
    detail = LongTextField(_l("What is the conflict?"), limit=2000, description=_l("Only where you have one."))


class ReasonForm(FlaskForm):
    """A deed that needs words."""

    reason = LongTextField(_l("Reason"), limit=4000, required=True)


def _outcomes(matter: str) -> list[tuple[str, Any]]:
    return [(str(o), WORDS["decision"][str(o)]) for o in WORDS["decision"] if o in OUTCOMES[Matter(matter)]]


class DeliberationForm(FlaskForm):
    """What the committee found. The members stand in a table of their own (``members``, ``chair``, ``vote-…``)."""

    held_on = DateField(_l("Day of the deliberation"), required=True)
    manner = wtforms.RadioField(
        _l("Decided by"),
        choices=lambda: list(WORDS["manner"].items()),
        validators=[Required()],
        validate_choice=False,
    )
    outcome = wtforms.SelectField(_l("Opinion of the committee"), validators=[Required()], validate_choice=False)
    reasons = LongTextField(_l("Reasons of the committee"), limit=4000, required=True)

    def offer(self, matter: str) -> None:
        """The outcomes that the matter allows."""
        self.outcome.choices = _outcomes(matter)


class ProposalForm(FlaskForm):
    """What is put before the signatory."""

    outcome = wtforms.SelectField(_l("Proposed decision"), validators=[Required()], validate_choice=False)
    reasons = LongTextField(
        _l("Reasons of the decision"), limit=4000, required=True, description=_l("They stand on the document.")
    )
    departure_reason = LongTextField(
        _l("Why it departs"),
        limit=4000,
        description=_l(
            "Only where the decision differs from what the rules computed or the committee found, or leaves out a condition."
        ),
    )

    def offer(self, matter: str) -> None:
        """The outcomes that the matter allows."""
        self.outcome.choices = _outcomes(matter)


class MeasureForm(FlaskForm):
    """Suspend, lift, withdraw."""

    matter = wtforms.RadioField(_l("Measure"), validators=[Required()], validate_choice=False)
    grounds = LongTextField(
        _l("What happened"),
        limit=4000,
        required=True,
        description=_l("Facts, day, who reported them. No name of a resident."),
    )

    def offer(self, matters: list[str]) -> None:
        """The measures that may follow where the institution stands."""
        self.matter.choices = [(m, WORDS["matter"][m]) for m in matters]


class ExaminerForm(FlaskForm):
    """Who examines an appeal."""

    examiner = wtforms.SelectField(_l("Examiner"), validators=[Required()], validate_choice=False)


class AnswerForm(FlaskForm):
    """The answer to an appeal."""

    upheld = wtforms.RadioField(
        _l("Answer"),
        choices=lambda: [("yes", WORDS["verdict"]["upheld"]), ("no", WORDS["verdict"]["rejected"])],
        validators=[Required()],
        validate_choice=False,
    )
    new_outcome = wtforms.SelectField(_l("Takes the place of the decision, where upheld"), validate_choice=False)
    reasons = LongTextField(_l("Reasons"), limit=4000, required=True)


class AppealForm(FlaskForm):
    """What the director contests."""

    grounds = LongTextField(
        _l("Why you appeal"), limit=4000, required=True, description=_l("Say what is wrong, and what shows it.")
    )
