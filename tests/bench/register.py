"""The public register at 10,000 institutions: search, an institution's page, checking a document; and signing a decision.

Nine decisions in ten are copies of one that people took: what the database's own triggers would refuse (nobody deliberated
on the copies) is taken off in this scratch database first.
"""

import itertools
from datetime import timedelta
from time import perf_counter

from sqlalchemy import func, insert, select, text

from inspect_app.models import (
    Accreditation,
    AccreditationEntry,
    Decision,
    Dossier,
    Institution,
    Province,
    db,
)
from tests.bench.figures import middle, milliseconds, percentile, tell
from tests.bench.inside import inside
from tests.bench.place import Place, Site
from tests.factories import users
from tests.factories.decisions import Case, dossier_rows, officials
from tests.factories.inspections import Play
from tests.factories.institutions import make_institution

INSTITUTIONS = 10_000
TIMES = 40
_STANDINGS = ("conditional", "accredited", "provisional", "distinction", "suspended", "expired", "refused")
_TABLES = ("dossiers", "decisions", "accreditation_entries", "accreditations")
_PEER = "goal of the design: 100 ms of the server"


def measure(place: Place) -> None:
    """Time of each page as nobody in particular sees it, in Arabic."""
    site = place.site("few")
    with inside(site):
        code, home = _fill(site)
    browser = site.server.browser("")
    for name, address in (
        ("public register, first page", "/register/"),
        ("public register, search by name", "/register/?q=taliba+9"),
        ("public register, search by region and standing", "/register/?region=04&standing=accredited"),
        ("public register, last page", "/register/?page=400"),
        ("institution in the public register", f"/register/{home}"),
        ("check of a document", f"/check/{code}"),
    ):
        first = browser.get(address)
        if first.status != 200:
            tell(f"{name}, p95", None, "ms", at_most=100, how=f"GET {address} answers {first.status}", peer=_PEER)
            continue
        samples = milliseconds(lambda a=address: browser.get(a), TIMES, warm=5)  # type: ignore[misc]
        how = f"GET {address}, {INSTITUTIONS} institutions, {TIMES} times; p50 {middle(samples):.1f} ms"
        tell(f"{name}, p95", percentile(samples, 0.95), "ms", at_most=100, how=how, peer=_PEER)


def _fill(site: Site) -> tuple[str, int]:
    """Institutions up to 10,000, most of them decided; the code of a true decision and its institution."""
    from inspect_app.services import decisions as deeds

    home = db.session.get_one(Institution, site.world["institution"])
    case = _case(home)
    begin = perf_counter()
    decision = deeds.sign(case.actor("Karim"), dossier_id=case.id)
    how = "two documents printed, signed and kept, number, register, journal, letters; the engine loaded too"
    tell("a decision signed", perf_counter() - begin, "s", at_most=3, how=how)
    provinces = db.session.scalars(select(Province.code).order_by(Province.code)).all()
    there = db.session.scalar(select(func.count(Institution.id))) or 0
    template = {c.key: getattr(home, c.key) for c in Institution.__mapper__.column_attrs if c.key != "id"}
    rows = [
        {
            **template,
            "code": f"R-{n:05d}",
            "name_ar": f"دار الطالبة {n}",
            "name_fr": f"Dar Taliba {n}",
            "search_text": f"دار الطالبه dar taliba {n}",
            "province_code": provinces[n % len(provinces)],
        }
        for n in range(INSTITUTIONS - there)
    ]
    db.session.execute(insert(Institution), rows)
    _decide(decision)
    db.session.commit()
    return decision.code, decision.institution_id


def _case(home: Institution) -> Case:
    """A dossier on a finished visit of a new institution, before its signature."""
    users._numbers = itertools.count(100_000)  # another process has made people before
    new = make_institution(code="N-00001", province_code=home.province_code)
    people = officials()
    found = dossier_rows("proposed", new.id, home.province_code[:2], home.province_code, people)
    case = Case(Play(new, db.session.get_one(Dossier, found["dossier_id"]).inspection, people), people)
    case.dossier = db.session.get_one(Dossier, found["dossier_id"])
    return case


def _decide(decision: Decision) -> None:
    """A dossier, a decision and a line of the register for each institution that has none."""
    _without_triggers()
    free = db.session.scalars(select(Institution.id).where(Institution.code.like("R-%")).order_by(Institution.id)).all()
    chosen = [i for n, i in enumerate(free) if n % 10]
    dossier = decision.dossier
    next_dossier = (db.session.scalar(select(func.max(Dossier.id))) or 0) + 1
    next_decision = (db.session.scalar(select(func.max(Decision.id))) or 0) + 1

    def copied(row: object, **changes: object) -> dict[str, object]:
        columns = type(row).__mapper__.column_attrs  # type: ignore[attr-defined]
        return {**{c.key: getattr(row, c.key) for c in columns}, **changes}

    dossiers, decisions, entries, standings = [], [], [], []
    for n, institution_id in enumerate(chosen):
        standing = _STANDINGS[n % len(_STANDINGS)]
        outcome = "conditional" if standing == "expired" else standing
        dossiers.append(
            copied(dossier, id=next_dossier + n, institution_id=institution_id, reference=f"D-2025-{n:05d}")
        )
        decisions.append(
            copied(
                decision, id=next_decision + n, number=f"2025/{n + 1:05d}", year=2025, serial=n + 1,
                dossier_id=next_dossier + n, institution_id=institution_id, outcome=outcome, standing=outcome,
                code=f"CODE-{n:08d}", replaces_id=None, valid_until=decision.decided_on + timedelta(days=n % 900),
            )
        )  # fmt: skip
        line = {"institution_id": institution_id, "decision_id": next_decision + n, "level": "conditional"}
        entries.append(
            {**line, "event": "expired" if standing == "expired" else "decided", "standing": standing,
             "day": decision.decided_on, "created_at": decision.signed_at}
        )  # fmt: skip
        standings.append(
            {**line, "standing": standing, "since": decision.decided_on, "visit_by": None, "version": 1,
             "valid_until": decision.decided_on + timedelta(days=n % 900)}
        )  # fmt: skip
    for table, rows in (
        (Dossier, dossiers), (Decision, decisions), (AccreditationEntry, entries), (Accreditation, standings),
    ):  # fmt: skip
        db.session.execute(insert(table), rows)


def _without_triggers() -> None:
    if db.engine.dialect.name == "postgresql":
        for table in _TABLES:
            db.session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        return
    names = db.session.scalars(
        text(f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN {_TABLES}")
    ).all()
    for name in names:
        db.session.execute(text(f"DROP TRIGGER {name}"))
