"""The form of an institution. It reads what was typed; the rules are those of ``domain.registry``."""

from typing import Any

import wtforms
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from inspect_app.adapters import clock
from inspect_app.domain.actors import Actor
from inspect_app.domain.registry import FIELDS, LIMITS, NULLABLE_TEXTS, NUMBERS, faults
from inspect_app.queries.territories import provinces, provinces_in_scope, regions
from inspect_app.web.fields import DateField, DecimalField, IntegerField, LongTextField, Required, TextField
from inspect_app.web.languages import language
from inspect_app.web.messages import sentence
from inspect_app.web.words import WORDS, choices

_LABELS = WORDS["column"]


def _text(name: str, *, required: bool = False, **kwargs: Any) -> TextField:
    return TextField(_LABELS[name], limit=LIMITS[name], required=required, **kwargs)


def _choice(name: str, family: str, *, required: bool = False) -> wtforms.SelectField:
    return wtforms.SelectField(
        _LABELS[name],
        choices=lambda: choices(family, empty=_l("Choose…") if required else _l("Unknown")),
        validators=[Required()] if required else [],
        validate_choice=False,
    )


def _count(name: str) -> IntegerField:
    return IntegerField(_LABELS[name], default=0)


class InstitutionForm(FlaskForm):
    """All fields of an institution, in five parts."""

    version = wtforms.HiddenField()
    name_ar = _text("name_ar", required=True, render_kw={"dir": "rtl", "lang": "ar"})
    name_fr = _text("name_fr", required=True, render_kw={"dir": "ltr", "lang": "fr"})
    category = _choice("category", "category", required=True)
    association_ar = _text("association_ar", render_kw={"dir": "rtl", "lang": "ar"})
    association_fr = _text("association_fr", render_kw={"dir": "ltr", "lang": "fr"})
    opened_year = IntegerField(_LABELS["opened_year"])
    services = wtforms.SelectMultipleField(
        _LABELS["services"],
        choices=lambda: choices("service"),
        widget=wtforms.widgets.ListWidget(prefix_label=False),
        option_widget=wtforms.widgets.CheckboxInput(),
        validate_choice=False,
    )

    province_code = wtforms.SelectField(_LABELS["province_code"], validators=[Required()], validate_choice=False)
    commune = _text("commune", required=True)
    commune_code = _text("commune_code", render_kw={"dir": "ltr"})
    address = _text("address")
    setting = _choice("setting", "setting", required=True)
    latitude = DecimalField(_LABELS["latitude"], render_kw={"dir": "ltr"})
    longitude = DecimalField(_LABELS["longitude"], render_kw={"dir": "ltr"})
    building_tenure = _choice("building_tenure", "tenure")
    building_state = _choice("building_state", "building_state")
    building_year = IntegerField(_LABELS["building_year"])

    authorised = wtforms.BooleanField(_l("The institution is authorised"))
    authorisation_law = _choice("authorisation_law", "legal_basis", required=True)
    authorisation_number = _text("authorisation_number", render_kw={"dir": "ltr"})
    authorisation_date = DateField(_LABELS["authorisation_date"])
    unauthorised_reason = LongTextField(_LABELS["unauthorised_reason"], limit=LIMITS["unauthorised_reason"])

    capacity_women = _count("capacity_women")
    capacity_men = _count("capacity_men")
    capacity_girls = _count("capacity_girls")
    capacity_boys = _count("capacity_boys")
    present_women = _count("present_women")
    present_men = _count("present_men")
    present_girls = _count("present_girls")
    present_boys = _count("present_boys")
    present_on = DateField(_LABELS["present_on"])

    director_in_post = wtforms.BooleanField(_l("A director is in post"))
    director_name = _text("director_name")
    committee_constituted = wtforms.BooleanField(_l("The management committee is constituted"))
    phone = _text("phone", render_kw={"dir": "ltr", "type": "tel"})
    email = _text("email", render_kw={"dir": "ltr"})

    def offer_provinces(self, actor: Actor, kept: str = "") -> None:
        """The provinces of the person's territory by region, and the one that the institution has."""
        code = language()
        names = {p.code: p.name(code) for p in regions()}
        allowed = {p.code for p in provinces_in_scope(actor)} | {kept}
        grouped: dict[str, list[tuple[str, str]]] = {"": [("", _("Choose…"))]}
        for place in provinces():
            if place.code in allowed:
                grouped.setdefault(names[place.region], []).append((place.code, place.name(code)))
        self.province_code.choices = grouped

    def values(self) -> dict[str, Any]:
        """What was typed: field → value, as ``domain.registry`` judges it."""
        found = {name: self[name].data for name in FIELDS}
        for name in NULLABLE_TEXTS:
            found[name] = found[name] or None
        for name in NUMBERS:
            found[name] = 0 if found[name] is None and not self[name].errors else found[name]
        for name in ("latitude", "longitude"):
            found[name] = None if found[name] is None else round(found[name], 5)
        found["services"] = sorted(found["services"] or [])
        return found

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field as typed, then the rules between fields, all faults at once."""
        super().validate(extra_validators)
        wrong = {name for name in FIELDS if self[name].errors}
        found = faults(self.values(), today=clock.today())
        self.add_faults({name: code for name, code in found.items() if name not in wrong})
        return not self.errors

    def add_faults(self, found: dict[str, str], **params: Any) -> None:
        """Put the sentence of each fault at its field."""
        for name, code in found.items():
            self[name].errors = [*self[name].errors, sentence(code, **{"limit": LIMITS.get(name, 0), **params})]
