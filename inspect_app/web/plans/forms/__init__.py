"""Forms of support plans."""

from decimal import Decimal

import wtforms
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms.validators import AnyOf

from inspect_app.adapters import clock
from inspect_app.models import PlanAction, SupportPlan
from inspect_app.services import plans as deeds
from inspect_app.web.fields import DateField, DecimalField, LongTextField, Marked, Required, TextField
from inspect_app.web.languages import language
from inspect_app.web.words import WORDS, choices


class SignForm(FlaskForm):
    """Whoever signs types their name."""

    typed = TextField(_l("Your name, as it stands above"), limit=200, required=True)


class ReasonForm(FlaskForm):
    """Why an action is taken out."""

    reason = LongTextField(_l("Reason"), limit=1000, required=True)


class ProofForm(FlaskForm):
    """A photograph or a document, and a few words."""

    op_id = wtforms.HiddenField()
    file = FileField(
        _l("Photograph or PDF document"), validators=[Marked()], render_kw={"accept": "image/*,application/pdf"}
    )
    words = TextField(_l("What it shows"), limit=500)


class VerdictForm(FlaskForm):
    """Accepted, or returned with what is missing."""

    decision = wtforms.RadioField(
        _l("Your decision"),
        choices=[
            ("accepted", _l("Accept: this shows that it is mended")),
            ("returned", _l("Return: something is missing")),
        ],
        validators=[Required(), AnyOf(["accepted", "returned"], message=_l("Choose one of the two."))],
        validate_choice=False,
    )
    verdict = LongTextField(_l("What you saw, or what is missing"), limit=4000)


class ActionForm(FlaskForm):
    """What both sides negotiate of an action."""

    criterion = wtforms.SelectField(_l("Criterion"), validators=[Required()], validate_choice=False)
    what = LongTextField(
        _l("What is to be done"), limit=1000, description=_l("Empty: what the checklist says of the level to reach.")
    )
    target_level = wtforms.SelectField(_l("Level to reach"), validators=[Required()], validate_choice=False, coerce=int)
    owner_id = wtforms.SelectField(_l("Who does it"), validators=[Required()], validate_choice=False, coerce=int)
    kind = wtforms.SelectField(_l("Kind of support"), validators=[Required()], validate_choice=False)
    helper = wtforms.SelectField(_l("Who helps"), validate_choice=False)
    due_on = DateField(_l("Last day"), required=True)
    proof_expected = LongTextField(
        _l("Expected proof"), limit=1000, description=_l("Empty: what an inspector would look at.")
    )
    cost = DecimalField(_l("Cost in dirhams, when known"), low=0, high=999_999_999)
    funding = wtforms.SelectField(_l("Who pays, when known"), validate_choice=False)

    def offer(self, plan: SupportPlan, criteria: list[tuple[str, str]] | None = None) -> None:
        """The choices of this plan; without ``criteria`` the criterion is fixed."""
        self.kind.choices = choices("support")
        self.helper.choices = choices("helper", empty=_("Nobody yet"))
        self.funding.choices = choices("funding", empty=_("Not known"))
        self.target_level.choices = [(n, WORDS["answer"][str(n)]) for n in (1, 2, 3)]
        code = language()
        self.owner_id.choices = [(user.id, user.display_name(code), {"dir": "auto"}) for user in deeds.owners(plan)]
        if criteria is None:
            del self.criterion
        else:
            self.criterion.choices = criteria

    def show(self, action: PlanAction) -> None:
        """Fill the fields with what stands in an action."""
        for name in deeds.ActionInput.__dataclass_fields__:
            self[name].data = getattr(action, name)

    def given(self) -> deeds.ActionInput:
        """What was typed, as the deed takes it."""
        cost: Decimal | None = self.cost.data
        return deeds.ActionInput(
            kind=self.kind.data or "",
            due_on=self.due_on.data or clock.today(),  # the form asks for it
            owner_id=self.owner_id.data or 0,
            target_level=self.target_level.data or 0,
            what=self.what.data or "",
            helper=self.helper.data or "",
            proof_expected=self.proof_expected.data or "",
            cost=None if cost is None else cost.quantize(Decimal("0.01")),
            funding=self.funding.data or "",
        )
