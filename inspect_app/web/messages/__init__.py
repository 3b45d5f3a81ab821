"""What a refusal says to a person: one folder, one file per noun, code → translatable sentence."""

from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from inspect_app.web.messages import (
    accounts,
    agreement,
    common,
    decisions,
    devices,
    inspections,
    institutions,
    plans,
    reports,
)

SENTENCES: dict[str, LazyString] = {
    **common.SENTENCES,
    **accounts.SENTENCES,
    **institutions.SENTENCES,
    **inspections.SENTENCES,
    **reports.SENTENCES,
    **agreement.SENTENCES,
    **devices.SENTENCES,
    **decisions.SENTENCES,
    **plans.SENTENCES,
}


def sentence(code: str, **params: Any) -> str:
    """The sentence of a code in the reader's language; an unknown code is a fault of ours and says so."""
    text = str(SENTENCES.get(code) or _("This could not be done (code %(code)s).", code=code))
    return text % params if params and "%(" in text else text
