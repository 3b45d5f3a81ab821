"""Forms of deeds on a visit: a reason, a declaration, an observation, an answer to one."""

import wtforms
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms.validators import AnyOf

from inspect_app.web.fields import LongTextField, Required
from inspect_app.web.words import WORDS, choices


class ReasonForm(FlaskForm):
    """A move that needs, or may carry, words."""

    reason = LongTextField(_l("Reason"), limit=4000)


class WithdrawPhotoForm(FlaskForm):
    """Why a photograph is taken out, and whether somebody can be recognised on it."""

    reason = LongTextField(_l("Reason"), limit=500)
    identity = wtforms.BooleanField(_l("Somebody can be recognised: delete the picture itself"))


class DeclarationForm(FlaskForm):
    """Whether a member of the team has a conflict of interests."""

    conflict = wtforms.RadioField(
        _l("Your declaration"),
        choices=[
            ("no", _l("I have no conflict of interests with this institution, its association or its staff.")),
            ("yes", _l("I have a conflict of interests.")),
        ],
        validators=[Required(), AnyOf(["no", "yes"], message=_l("Choose one of the two."))],
        validate_choice=False,
    )
    detail = LongTextField(
        _l("What is the conflict?"), limit=2000, description=_l("Only where you have one. The coordinator reads this.")
    )


class ObservationForm(FlaskForm):
    """What the director says of the draft."""

    criterion = wtforms.HiddenField()
    text = LongTextField(_l("Your observation"), limit=4000, required=True)


class ResponseForm(FlaskForm):
    """The reasoned answer to one observation."""

    outcome = wtforms.RadioField(
        _l("Outcome"), choices=lambda: choices("outcome"), validators=[Required()], validate_choice=False
    )
    reasons = LongTextField(_l("Reasons"), limit=4000, required=True)
    new_level = wtforms.SelectField(_l("New level of the criterion"), validate_choice=False)

    def offer(self, level: int | None) -> None:
        """The levels other than the present one."""
        others = [(str(n), WORDS["answer"][str(n)]) for n in range(4) if n != level]
        self.new_level.choices = [("", _l("No change")), *others]

    def level(self) -> int | None:
        """The new level, if one was chosen."""
        return int(self.new_level.data) if self.new_level.data in {"0", "1", "2", "3"} else None
