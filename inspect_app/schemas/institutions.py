"""The shape of one row of an imported file: texts in, typed particulars out. Messages are codes, not sentences."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from marshmallow import ValidationError, fields

from inspect_app.domain.folding import clean, fold, numeral, western_digits
from inspect_app.domain.registry import CODES, FIELDS, LIMITS, NUMBERS
from inspect_app.schemas.fields import Strict

#: What people write to empty a field; an empty cell changes nothing.
EMPTY = "-"
_YES = {"1", "yes", "oui", "نعم", "true", "vrai", "x", "o", "y"}
_NO = {"0", "no", "non", "لا", "false", "faux", "n"}
_DATES = (
    re.compile(r"^(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})$"),
    re.compile(r"^(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})$"),
    re.compile(r"^(?P<y>\d{4})/(?P<m>\d{1,2})/(?P<d>\d{1,2})$"),
)

#: Family of codes → folded label in any language → code.
Labels = Mapping[str, Mapping[str, str]]


class _Cell(fields.Field[Any]):
    """A cell: «-» empties what may be empty."""

    emptied: Any = None

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = clean(str(value))
        return self.emptied if text == EMPTY else self.typed(text)

    def typed(self, text: str) -> Any:
        raise NotImplementedError


class TextCell(_Cell):
    """A text of limited length."""

    def __init__(self, limit: int, *, nullable: bool) -> None:
        super().__init__()
        self.limit = limit
        self.emptied = None if nullable else ""

    def typed(self, text: str) -> str:
        if len(text) > self.limit:
            raise ValidationError("too-long")
        return text


class CodeCell(_Cell):
    """A code of a family, or its label in one of the three languages."""

    def __init__(self, codes: list[str], labels: Mapping[str, str]) -> None:
        super().__init__()
        self.codes = codes
        self.labels = labels

    def typed(self, text: str) -> str:
        found = text.lower() if text.lower() in self.codes else self.labels.get(fold(text))
        if found is None:
            raise ValidationError("unknown-code")
        return found


class ProvinceCell(CodeCell):
    """A province's code or name. Spreadsheets make 4.421 of 04.421 and 1.05 of 01.050: both are understood."""

    def typed(self, text: str) -> str:
        digits = numeral(text)
        if re.fullmatch(r"\d{1,2}\.\d{1,3}", digits):
            region, _, place = digits.partition(".")
            text = f"{region:0>2}.{place:0<3}"
        try:
            return super().typed(text)
        except ValidationError:
            raise ValidationError("unknown-province") from None


class ServicesCell(CodeCell):
    """Several codes between commas, semicolons or bars."""

    emptied: Any = []

    def typed(self, text: str) -> Any:
        parts = [p.strip() for p in re.split(r"[,;|،؛]", text) if p.strip()]
        return sorted({super(ServicesCell, self).typed(part) for part in parts})


class YesNoCell(_Cell):
    """Yes or no in three languages, or 1 and 0."""

    emptied = False

    def typed(self, text: str) -> bool:
        word = western_digits(text).casefold()
        if word in _YES:
            return True
        if word in _NO:
            return False
        raise ValidationError("not-yes-or-no")


class WholeCell(_Cell):
    """A whole number in any digits. Emptied, a count is 0 and a year unknown."""

    def __init__(self, *, emptied: int | None) -> None:
        super().__init__()
        self.emptied = emptied

    def typed(self, text: str) -> int:
        digits = re.sub(r"\.0+$", "", numeral(text))
        if not re.fullmatch(r"[+-]?\d{1,12}", digits):
            raise ValidationError("not-a-whole-number")
        return int(digits)


class DegreesCell(_Cell):
    """Decimal degrees, to five places."""

    def typed(self, text: str) -> Decimal:
        try:
            value = Decimal(numeral(text))
        except InvalidOperation:
            raise ValidationError("not-a-number") from None
        if not value.is_finite() or abs(value) > 180:
            raise ValidationError("not-a-number")
        return round(value, 5)


class DateCell(_Cell):
    """2024-05-31 or 31/05/2024, in any digits."""

    def typed(self, text: str) -> date:
        digits = western_digits(text)
        for pattern in _DATES:
            if match := pattern.match(digits):
                try:
                    return date(int(match["y"]), int(match["m"]), int(match["d"]))
                except ValueError:
                    break
        raise ValidationError("not-a-date")


_CODE_FAMILIES = {
    "category": "category",
    "authorisation_law": "legal_basis",
    "setting": "setting",
    "building_tenure": "tenure",
    "building_state": "building_state",
}


def row_schema(labels: Labels, provinces: Mapping[str, str]) -> Strict:
    """The schema of a row. ``labels`` as ``Labels``; ``provinces``: folded name → code, and the codes themselves."""
    cells: dict[str, Any] = {}
    for name in FIELDS:
        if name in LIMITS:
            cells[name] = TextCell(LIMITS[name], nullable=name in ("authorisation_number", "commune_code"))
        elif name in NUMBERS:
            cells[name] = WholeCell(emptied=0)
        elif name in CODES:
            cells[name] = CodeCell([str(c) for c in CODES[name]], labels.get(_CODE_FAMILIES[name], {}))
        elif name in ("building_year", "opened_year"):
            cells[name] = WholeCell(emptied=None)
        elif name in ("latitude", "longitude"):
            cells[name] = DegreesCell()
        elif name in ("authorisation_date", "present_on"):
            cells[name] = DateCell()
        elif name in ("authorised", "director_in_post", "committee_constituted"):
            cells[name] = YesNoCell()
    cells["services"] = ServicesCell(sorted(set(labels.get("service", {}).values())), labels.get("service", {}))
    cells["province_code"] = ProvinceCell(sorted(set(provinces.values())), provinces)
    return Strict.from_dict(cells, name="InstitutionRow")()  # type: ignore[return-value]
