"""Many institutions from a file: first a dry run that says what each row would do, then all of it or nothing."""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from marshmallow import Schema, ValidationError
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from inspect_app.adapters import clock, files, tables
from inspect_app.domain.actors import Actor
from inspect_app.domain.audit import canonical
from inspect_app.domain.errors import DomainError, ForbiddenError
from inspect_app.domain.folding import clean, fold, western_digits
from inspect_app.domain.permissions import Permission
from inspect_app.domain.registry import FIELDS, LIMITS, defaults, faults, same_place
from inspect_app.models import Institution, db
from inspect_app.queries import institutions as registry
from inspect_app.queries.territories import provinces, provinces_in_scope
from inspect_app.schemas.institutions import Labels, row_schema
from inspect_app.services import audit
from inspect_app.services.audit_many import record_each
from inspect_app.services.institutions.rows import changes, new_row, particulars, plain, write

#: Columns of our own exports that say something again in words; an import passes over them.
READ_ONLY = (
    "region",
    "province",
    "category_label",
    "capacity",
    "present",
    "level",
    "level_label",
    "score",
    "level_since",
    "last_visit_on",
)
COLUMNS = ("code", *FIELDS)
_CODE = re.compile(r"^[0-9A-Za-z][0-9A-Za-z./-]{2,19}$")


@dataclass(frozen=True)
class Fault:
    """Why a cell cannot stand: the column (empty: the whole row), and a code with its sentence in ``web/messages``."""

    column: str
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class PlannedRow:
    """What one row of the file would do. ``action`` is create, update, unchanged or fault."""

    number: int
    action: str
    code: str
    name: str
    values: Mapping[str, Any] = field(default_factory=dict, repr=False)
    changed: Mapping[str, list[Any]] = field(default_factory=dict)
    version: int = 0
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Plan:
    """The dry run of a whole file. ``digest`` changes when the same file would do something else."""

    sha256: str
    name: str
    encoding: str
    ignored: tuple[str, ...]
    rows: tuple[PlannedRow, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows would create, update, leave unchanged, or are at fault."""
        found = Counter(row.action for row in self.rows)
        return {action: found[action] for action in ("create", "update", "unchanged", "fault")}

    @property
    def ready(self) -> bool:
        """Whether it may be confirmed: no fault, and something to do."""
        counts = self.counts
        return not counts["fault"] and bool(counts["create"] + counts["update"])

    @property
    def digest(self) -> str:
        """SHA-256 over what every row would do and on which version."""
        deeds = [[r.number, r.action, r.code, r.version, {k: plain(v) for k, v in r.values.items()}] for r in self.rows]
        return hashlib.sha256(canonical(deeds).encode()).hexdigest()


def preview_import(actor: Actor, *, data: bytes, name: str, labels: Labels) -> Plan:
    """What the file would do; nothing is changed, the file is kept under its hash for ``apply_import``.

    ``labels``: folded label → code by family, "column" among them. Raises ForbiddenError; DomainError with the codes
    of ``adapters.tables.read`` or "columns-unknown", "columns-twice", "columns-missing".
    """
    if not actor.may(Permission.IMPORT_INSTITUTIONS):
        raise ForbiddenError
    plan = _plan(actor, data, name, labels)
    files.put(data)
    return plan


def apply_import(actor: Actor, *, sha256: str, name: str, digest: str, labels: Labels) -> Plan:
    """Do what the dry run showed, all of it in one transaction.

    Raises ForbiddenError; DomainError("import-has-faults"), DomainError("import-outdated") when the registry changed
    since the dry run so that the file would now do something else.
    """
    if not actor.may(Permission.IMPORT_INSTITUTIONS):
        raise ForbiddenError
    plan = _plan(actor, files.get(sha256), name, labels)
    if plan.counts["fault"]:
        raise DomainError("import-has-faults", status=422)
    if plan.digest != digest:
        raise DomainError("import-outdated")
    try:
        _apply(actor, plan)
    except (IntegrityError, StaleDataError):
        db.session.rollback()
        raise DomainError("import-outdated") from None
    db.session.commit()
    return plan


def _apply(actor: Actor, plan: Plan) -> None:
    created = _create([row for row in plan.rows if row.action == "create"])
    updates = [row for row in plan.rows if row.action == "update"]
    found = registry.by_codes(actor, {row.code for row in updates})
    for row in updates:
        write(found[row.code], row.values)
    db.session.flush()
    source = {"file": plan.sha256}
    record_each(
        actor, "institution.created", {f"institution/{new.id}": {"code": new.code, **source} for new in created}
    )
    record_each(
        actor,
        "institution.edited",
        {f"institution/{found[row.code].id}": {"changed": dict(row.changed), **source} for row in updates},
    )
    audit.record(actor, "institutions.imported", chain="registry", name=plan.name, counts=plan.counts, **source)


def _create(rows: list[PlannedRow]) -> list[Institution]:
    """Rows for new institutions; those without a code get the next numbers of their province."""
    given = {row.code for row in rows if row.code}
    last: dict[str, int] = {}
    made = []
    for row in rows:
        code = row.code
        province = row.values["province_code"]
        if not code and province not in last:
            last[province] = registry.last_number(province)
        while not code:
            last[province] += 1
            code = f"{province}-{last[province]:04d}"
            code = "" if code in given else code
        made.append(new_row(code, row.values))
    db.session.add_all(made)
    return made


def _plan(actor: Actor, data: bytes, name: str, labels: Labels) -> Plan:
    try:
        table = tables.read(data, name)
    except tables.TableError as error:
        raise DomainError(error.code, field="file", status=422, **error.params) from None
    columns, ignored = _columns(table.headers, labels.get("column", {}))
    return Plan(
        sha256=hashlib.sha256(data).hexdigest(),
        name=clean(name)[:200],
        encoding=table.encoding,
        ignored=ignored,
        rows=tuple(_Planner(actor, labels).planned(columns, table.rows)),
    )


def _columns(headers: tuple[str, ...], labels: Mapping[str, str]) -> tuple[dict[int, str], tuple[str, ...]]:
    """Position → column, and the read-only columns passed over."""
    columns: dict[int, str] = {}
    ignored, unknown = [], []
    for position, header in enumerate(headers):
        if not header:
            continue
        stable = re.search(r"\[(\w+)\]\s*$", header)
        code = stable[1] if stable else clean(header).lower()
        code = code if code in COLUMNS or code in READ_ONLY else labels.get(fold(header), "")
        if code in READ_ONLY:
            ignored.append(code)
        elif not code:
            unknown.append(header[:60])
        elif code in columns.values():
            raise DomainError("columns-twice", field="file", status=422, columns=code)
        else:
            columns[position] = code
    if unknown:
        raise DomainError("columns-unknown", field="file", status=422, columns=" · ".join(unknown[:10]))
    if not {"code", "name_ar"} & set(columns.values()):
        raise DomainError("columns-missing", field="file", status=422, columns="code · name_ar")
    return columns, tuple(ignored)


class _Planner:
    """Judges rows one after the other, remembering what earlier rows said."""

    def __init__(self, actor: Actor, labels: Labels) -> None:
        self.actor = actor
        self.today = clock.today()
        self.names = registry.known_names()
        self.allowed = {p.code for p in provinces_in_scope(actor)}
        places = {p.code: p.code for p in provinces()}
        places.update({fold(name): p.code for p in provinces() for name in (p.name_ar, p.name_fr)})
        self.schema: Schema = row_schema(labels, places)
        self.codes: dict[str, int] = {}  # code → row that used it
        self.twins: dict[tuple[str, str, str], int] = {}

    def planned(self, columns: Mapping[int, str], rows: tuple[tuple[int, tuple[str, ...]], ...]) -> list[PlannedRow]:
        """What each row would do, in the order of the file."""
        cells = [
            (number, {name: row[at] for at, name in columns.items() if at < len(row) and row[at]})
            for number, row in rows
        ]
        codes = {western_digits(row["code"]) for _, row in cells if "code" in row}
        known = registry.by_codes(self.actor, codes)
        hidden = registry.taken_codes(codes) - known.keys()
        return [self._row(number, row, known, hidden) for number, row in cells]

    def _row(
        self, number: int, cells: dict[str, str], known: Mapping[str, Institution], hidden: set[str]
    ) -> PlannedRow:
        found: list[Fault] = []
        code = western_digits(cells.pop("code", ""))
        institution = known.get(code)
        if code:
            found += self._code_faults(number, code, code in hidden)
        try:
            typed: dict[str, Any] = self.schema.load(cells)
            wrong: dict[str, list[str]] = {}
        except ValidationError as error:
            typed, wrong = error.valid_data, error.messages  # type: ignore[assignment]
        found += [Fault(column, messages[0], _params(column)) for column, messages in wrong.items()]
        values = {**(particulars(institution) if institution else defaults()), **typed}
        if institution is None and "authorised" not in typed and "authorised" not in wrong:
            found.append(Fault("authorised", "required"))
        for column, fault in faults(values, today=self.today).items():
            follows = "authorised" in wrong and column.startswith("authorisation_")
            if column not in wrong and not follows:
                found.append(Fault(column, fault, _params(column)))
        at_fault = {f.column for f in found}
        if "province_code" not in at_fault and values["province_code"] not in self.allowed:
            found.append(Fault("province_code", "not-in-your-territory"))
        if not at_fault & {"name_ar", "category", "province_code"}:
            found += self._twin_faults(number, code, values)
        name = str(values["name_ar"] or values["name_fr"] or "")
        if found:
            order = {column: position for position, column in enumerate(COLUMNS)}
            return PlannedRow(
                number, "fault", code, name, faults=tuple(sorted(found, key=lambda f: order.get(f.column, -1)))
            )
        if institution is None:
            return PlannedRow(number, "create", code, name, values)
        changed = changes(institution, values)
        action = "update" if changed else "unchanged"
        return PlannedRow(number, action, code, name, values, changed, institution.version)

    def _code_faults(self, number: int, code: str, hidden: bool) -> list[Fault]:
        if not _CODE.match(code):
            return [Fault("code", "code-malformed")]
        if hidden:
            return [Fault("code", "code-taken")]
        before = self.codes.setdefault(code, number)
        return [Fault("code", "twice-in-file", {"row": before})] if before != number else []

    def _twin_faults(self, number: int, code: str, values: Mapping[str, Any]) -> list[Fault]:
        key = same_place(values)
        twin = self.names.get(key)
        if twin is not None and twin != code:
            return [Fault("name_ar", "already-registered", {"number": twin})]
        before = self.twins.setdefault(key, number)
        return [Fault("name_ar", "twice-in-file", {"row": before})] if before != number else []


def _params(column: str) -> dict[str, Any]:
    return {"limit": LIMITS[column]} if column in LIMITS else {}
