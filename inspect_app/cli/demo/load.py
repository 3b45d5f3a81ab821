"""Put the demonstration together: institutions and accounts, past visits, running visits. Each part once."""

import random
import uuid
from collections.abc import Callable
from datetime import timedelta

from flask import current_app
from flask_security import hash_password
from sqlalchemy import exists, func, insert, select

from inspect_app.adapters import clock
from inspect_app.cli.demo import figures
from inspect_app.cli.demo.answers import Home
from inspect_app.cli.demo.bulk import Bulk
from inspect_app.cli.demo.decided import load_decided
from inspect_app.cli.demo.institutions import Draft, as_rows, draft_all
from inspect_app.cli.demo.past import load_past
from inspect_app.cli.demo.people import CAST, PASSWORD, PROVINCE, REGION, TOTP_KEY, Person, field_people
from inspect_app.cli.demo.plans import load_plans
from inspect_app.cli.demo.running import load_running
from inspect_app.domain.roles import Role
from inspect_app.models import Inspection, Institution, RoleRow, User, UserScope, db, user_roles
from inspect_app.queries.territories import provinces, regions
from inspect_app.services.inspections import facts_of

SEED = 6515
Say = Callable[[str], None]


#: The parts that institutions have in the play (``running.PLAYS``), in the order in which they are cast.
PARTS = ("draft", "responding", "under_way", "ready", "submitted", "accepted", "returned", "planned", "double")


def load(*, scale: int = figures.INSTITUTIONS, say: Say = lambda _line: None) -> bool:
    """Load what is not there yet; False when everything was. ``scale``: how many institutions (tests take 60)."""
    if not current_app.config.get("DEMONSTRATION"):
        raise RuntimeError("demonstration data are loaded in demonstration mode only (MIYAR_DEMONSTRATION=1)")
    did = False
    if not db.session.scalar(select(exists().where(User.email == CAST[0].email))):
        _ground(scale)
        say(f"{scale} invented institutions, {len(CAST)} accounts")
        did = True
    institutions = db.session.scalar(select(func.count(Institution.id)).where(Institution.invented)) or 0
    drafts = draft_all(random.Random(SEED), institutions, provinces(), clock.today())
    if not db.session.scalar(select(exists().where(Inspection.invented))):
        count = load_past(drafts, list(dict.fromkeys(parts().values())), SEED)
        db.session.commit()
        say(f"{count} past visits")
        did = True
    made = load_running(_homes(drafts))
    if made:
        say(f"{made} running visits")
    planned = load_plans(parts())
    if any(planned.values()):
        say(f"{planned['findings']} findings, {planned.get('plans', 0)} support plans")
    decided = load_decided(parts())
    if decided:
        say(f"{decided} dossiers of decisions")
    return did or bool(made) or any(planned.values()) or bool(decided)


def parts() -> dict[str, int]:
    """Which invented institution has which part: children's homes of the demonstration's province, else of its region."""
    rows = db.session.execute(
        select(Institution.id, Institution.category, Institution.province_code)
        .where(Institution.invented, Institution.province_code.startswith(REGION + "."))
        .order_by(Institution.id)
    ).all()
    # in order of preference: children of the province, children of the region, then others of the province
    ranked = sorted(rows, key=lambda r: (r.category != "children", r.province_code != PROVINCE, r.id))
    return {part: ranked[at % len(ranked)].id for at, part in enumerate(PARTS)}


def _homes(drafts: list[Draft]) -> dict[str, tuple[int, Home]]:
    ids = list(db.session.scalars(select(Institution.id).where(Institution.invented).order_by(Institution.id)))
    by_id = dict(zip(ids, drafts, strict=True))
    found = {}
    for part, number in parts().items():
        row = db.session.get_one(Institution, number)
        found[part] = (
            number,
            Home(by_id[number].quality, row.building_state or "", facts_of(row), SEED * 10_000 + number),
        )
    return found


def _ground(scale: int) -> None:
    """Institutions and accounts, in one transaction."""
    # entered into the registry before the first visit, three years and a half ago
    now = clock.now() - timedelta(days=1280)
    bulk = Bulk()
    drafts = draft_all(random.Random(SEED), scale, provinces(), clock.today())
    rows = as_rows(drafts, first_id=bulk.next_id(Institution), now=now)
    bulk.extend(Institution, rows)
    for row in rows:
        bulk.record(None, "institution.created", chain=f"institution/{row['id']}", at=now, code=row["code"])
    bulk.write()
    cast = parts()
    people = [*CAST, *(p for region in regions() for p in field_people(region.code))]
    roles = _roles()
    secret = _stored_key()
    hashed = hash_password(PASSWORD)
    for person in people:
        user_id = bulk.next_id(User)
        _account(bulk, person, user_id, hashed=hashed, secret=secret)
        _scopes(bulk, person, user_id, cast)
        bulk.record(None, "user.created", chain=f"user/{user_id}", at=now, roles=[str(person.role)])
    bulk.write()
    db.session.execute(
        insert(user_roles),
        [
            {"user_id": user_id, "role_id": roles[person.role]}
            for person in people
            for user_id in db.session.scalars(select(User.id).where(User.email == person.email))
        ],
    )
    for person in CAST:
        if person.directs:
            home = db.session.get_one(Institution, cast[person.directs])
            home.director_in_post, home.director_name = True, person.name
    db.session.commit()


def _account(bulk: Bulk, person: Person, user_id: int, *, hashed: str, secret: str) -> None:
    bulk.add(
        User,
        id=user_id,
        email=person.email,
        password=hashed if person.signs_in else None,
        name=person.name,
        name_ar=person.name_ar,
        body=str(person.body),
        language=person.language,
        active=True,
        fs_uniquifier=uuid.uuid4().hex,
        tf_primary_method="authenticator" if person.second_factor else None,
        tf_totp_secret=secret if person.second_factor else None,
        failed_sign_ins=0,
        create_datetime=clock.now() - timedelta(days=1280),
        invented=True,
    )


def _scopes(bulk: Bulk, person: Person, user_id: int, cast: dict[str, int]) -> None:
    blank: dict[str, object] = {"national": False, "region_code": None, "province_code": None, "institution_id": None}
    found: list[dict[str, object]] = [{"national": True}] if person.scopes.national else []
    found += [{"region_code": code} for code in sorted(person.scopes.regions)]
    found += [{"province_code": code} for code in sorted(person.scopes.provinces)]
    found += [{"institution_id": cast[person.directs]}] if person.directs else []
    for scope in found:
        bulk.add(UserScope, id=bulk.next_id(UserScope), user_id=user_id, **{**blank, **scope})


def _roles() -> dict[Role, int]:
    """The rows of the roles, made where they are missing."""
    for role in Role:
        if not db.session.scalar(select(exists().where(RoleRow.name == str(role)))):
            db.session.add(RoleRow(name=str(role)))
    db.session.flush()
    return {Role(row.name): row.id for row in db.session.scalars(select(RoleRow))}


def _stored_key() -> str:
    """The public key of the one-time codes, sealed as Flask-Security keeps it."""
    codes = current_app.extensions["security"]._totp_factory
    return str(codes.stored(TOTP_KEY))
