"""Three years of past visits to a tenth of the institutions, written in bulk."""

import random
import uuid
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select

from inspect_app.adapters import clock
from inspect_app.adapters.holidays import moroccan_holidays
from inspect_app.cli.demo.answers import Home
from inspect_app.cli.demo.bulk import Bulk
from inspect_app.cli.demo.institutions import Draft
from inspect_app.cli.demo.people import HOST, REGION
from inspect_app.cli.demo.scribe import Crew, Scribe, Texts, Visit
from inspect_app.domain.institutions import Category
from inspect_app.domain.workdays import is_working_day
from inspect_app.models import Inspection, Institution, User, UserScope, db
from inspect_app.services.frozen import freeze_checklist, freeze_policy, freeze_rules
from inspect_app.services.inspections import facts_of

#: Days over which past visits are spread, and how long before today the last of them took place.
SPAN, QUIET = 1040, 75
#: Institutions of the play have a running visit too: their last past visit was closed long before.
QUIET_STARS = 240
#: One institution in ten was visited; once, twice or three times (ours).
SHARE, TIMES = 0.10, (0.30, 0.45, 0.25)


def load_past(drafts: Sequence[Draft], stars: Sequence[int], seed: int) -> int:
    """All past visits; how many. ``stars``: institutions of the play, visited three times. No commit."""
    rng = random.Random(seed)
    institutions = db.session.scalars(select(Institution).where(Institution.invented).order_by(Institution.id)).all()
    homes = {
        i.id: Home(d.quality, i.building_state or "", facts_of(i), seed * 10_000 + i.id)
        for i, d in zip(institutions, drafts, strict=True)
    }
    chosen = _chosen(rng, institutions, stars)
    texts = {
        category: Texts.of((freeze_checklist(category), freeze_rules(), freeze_policy()))
        for category in sorted({i.category for i in chosen})
    }
    crews = {region: _crew(region) for region in {i.province.region_code for i in chosen}}
    visits: list[Visit] = []
    for institution in chosen:
        times = 3 if institution.id in stars else rng.choices((1, 2, 3), TIMES)[0]
        previous = None
        quiet = QUIET_STARS if institution.id in stars else QUIET
        crew = Crew(*crews[institution.province.region_code], director=director_of(institution))
        for number, day in enumerate(days_of(rng, times, quiet, clock.today())):
            previous = Visit(institution, homes[institution.id], number, day, crew, previous)
            visits.append(previous)
    bulk = Bulk()
    bulk.continue_chains("institution/")
    for visit in sorted(visits, key=lambda v: (v.on, v.institution.id)):
        visit.id = bulk.next_id(Inspection)
        visit.uid = str(uuid.uuid5(uuid.NAMESPACE_OID, f"miyar-demo/{visit.institution.code}/{visit.number}"))
        Scribe(bulk, visit, texts[visit.institution.category]).write()
    bulk.write()
    return len(visits)


def days_of(rng: random.Random, count: int, quiet: int, today: date) -> list[date]:
    """Working days of an institution's visits, oldest first, at least seven months apart."""
    holidays = moroccan_holidays(today.year - 4, today.year + 1)
    width = (SPAN - quiet) // count
    found = []
    for i in range(count):
        room = width if i == count - 1 else max(1, width - 210)
        back = SPAN - i * width - rng.randint(0, room)
        day = today - timedelta(days=back)
        while not is_working_day(day, holidays):
            day += timedelta(days=1)
        found.append(day)
    return found


def _chosen(rng: random.Random, institutions: Sequence[Institution], stars: Sequence[int]) -> list[Institution]:
    """The stars, one of each category, and others up to a tenth."""
    wanted = max(round(SHARE * len(institutions)), len(stars))
    first = [i for i in institutions if i.id in stars]
    for category in Category:
        if all(i.category != category for i in first):
            first += [i for i in institutions if i.category == category][:1]
    others = [i for i in institutions if i not in first]
    rng.shuffle(others)
    return sorted([*first, *others[: max(0, wanted - len(first))]], key=lambda i: i.id)


def person(key: str) -> User:
    """A demonstration account by the first part of its address."""
    return db.session.scalars(select(User).where(User.email == f"{key}@{HOST}")).one()


def director_of(institution: Institution) -> User | None:
    """The demonstration account that directs the institution."""
    return db.session.scalar(
        select(User).join(UserScope, UserScope.user_id == User.id).where(UserScope.institution_id == institution.id)
    )


def _crew(region: str) -> tuple[User, User, User, User, User]:
    """The demonstration's own people in their region, the field people elsewhere."""
    if region == REGION:
        keys = ("coordinator", "inspector", "inspector-health", "reader", "responder")
    else:
        reader = f"reader-{region}"
        keys = (f"coordinator-{region}", f"inspector-a-{region}", f"inspector-b-{region}", reader, reader)
    coordinator, leader, member, second, responder = (person(key) for key in keys)
    return coordinator, leader, member, second, responder
