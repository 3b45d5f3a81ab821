"""Forms of double rating: who rates how much a second time, and one rating."""

from collections.abc import Iterable
from typing import Any

import wtforms
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from inspect_app.domain.agreement_report import AgreementPolicy
from inspect_app.models import DoubleRating, TeamMember
from inspect_app.web.fields import LongTextField, Required, TextField
from inspect_app.web.languages import language


def _number(value: Any) -> int | None:
    return int(value) if str(value).isascii() and str(value).isdigit() else None


class DoubleRatingForm(FlaskForm):
    """Which member of the team rates apart, and how many criteria."""

    second_rater = wtforms.RadioField(
        _l("Who rates a second time"), coerce=_number, validators=[Required()], validate_choice=False
    )
    share = wtforms.SelectField(
        _l("Share of the criteria"), coerce=_number, validators=[Required()], validate_choice=False
    )
    critical = wtforms.BooleanField(_l("All critical criteria, and this share of the others"))

    def offer(self, team: Iterable[TeamMember], policy: AgreementPolicy, now: DoubleRating | None) -> None:
        """The members who may, the shares of the policy; chosen at first: what was chosen before, or the only one there is."""
        self.second_rater.choices = [(m.user_id, m.user.display_name(language())) for m in team if not m.leader]
        self.share.choices = [(n, _("%(share)s %% of the criteria", share=n)) for n in policy.shares]
        if self.is_submitted():
            return
        self.share.data = now.share if now else policy.proposed_share
        only = self.second_rater.choices[0][0] if len(self.second_rater.choices) == 1 else None
        self.second_rater.data = now.second_rater_id if now else only
        self.critical.data = now.critical if now else False


class WaiveForm(FlaskForm):
    """Why a second rating is let go."""

    reason = LongTextField(_l("Reason"), limit=1000, required=True)


class RatingForm(FlaskForm):
    """One second rating. ``answer``: a level, or na; empty: a note without a level yet."""

    op_id = wtforms.HiddenField()
    answer = wtforms.StringField()
    na_reason = TextField(_l("Why the criterion does not apply"), limit=1000)
    note = LongTextField(_l("Note"), limit=4000)

    def level(self) -> int | None:
        """The level, if one was chosen."""
        return int(self.answer.data) if self.answer.data in {"0", "1", "2", "3"} else None
