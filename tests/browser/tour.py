"""A tour of all pages: every address that answers with a page, opened by people who may open it, with real objects."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from flask import Flask, url_for
from werkzeug.routing import Rule

from inspect_app.domain.roles import Role
from inspect_app.models import db
from tests.browser.person import People, Person
from tests.web.doors import EVERYBODY, Door, doors_of
from tests.web.test_doors import VALUES
from tests.web.world import STATES, World

#: Addresses that answer with something else than a page.
NOT_PAGES = {
    "agreement.export",
    "decisions.document",
    "calendar.read",
    "health.healthz",
    "institutions.export",
    "institutions.import_template",
    "plans.pdf",
    "plans.proof",
    "plans.thumb",
    "register.csv",
    "register.json",
    "reports.download",
    "static",
    "tablet.manifest",
    "tablet.shell",  # its language is in its address: tablet.index leads there
    "tablet.worker",
}
#: Pages that a program draws, and what is there when it has.
_DRAWN = {"inspections.answer": "#answer-page .criterion", "tablet.index": ".at-door .btn"}
#: Of the roles that may open a page, those that see most of it first.
_FIRST = (Role.DIRECTOR, Role.INSPECTOR, Role.COORDINATOR, Role.ADMINISTRATOR, Role.MINISTRY_OFFICER, Role.AUDITOR)


@dataclass(frozen=True)
class Stop:
    """A page of the tour: who opens it, and its address."""

    role: Role | None
    endpoint: str
    path: str


@dataclass
class Tour:
    """The stops, and a world for each role; made once for all languages and sizes."""

    app: Flask
    worlds: dict[Role | None, World] = field(default_factory=dict)
    stops: list[Stop] = field(default_factory=list)

    @classmethod
    def prepared(cls, app: Flask) -> "Tour":
        """Every page that there is, each with objects that exist."""
        tour = cls(app)
        for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
            if "GET" in (rule.methods or ()) and not rule.rule.startswith("/api/") and rule.endpoint not in NOT_PAGES:
                for door in doors_of(rule.endpoint):
                    tour.stops += [tour.stop(role, rule, door) for role in roles_of(door)]
        show = next(rule for rule in app.url_map.iter_rules() if rule.endpoint == "inspections.show")
        for state in STATES:  # the file of a visit looks different in each state
            role = Role.INSPECTOR if state in ("declared", "under_way", "responding") else Role.COORDINATOR
            stop = tour.stop(role, show, Door(frozenset({role}), visit=state))
            tour.stops += [stop] if stop not in tour.stops else []
        for world in tour.worlds.values():
            world.free_the_actions()
        db.session.commit()
        return tour

    def stop(self, role: Role | None, rule: Rule, door: Door) -> Stop:
        """The address of one page for one role, with objects of its world."""
        world = self.world(role)
        values = {**VALUES, **world.values(rule.arguments, door), **door.values}
        wanted = {name: values[name] for name in (*rule.arguments, *door.query)}
        with self.app.test_request_context():
            return Stop(role, rule.endpoint, url_for(rule.endpoint, **wanted))

    def world(self, role: Role | None) -> World:
        """The world of a role."""
        if role not in self.worlds:
            self.worlds[role] = World(role)
        return self.worlds[role]

    def walk(self, people: People, size: tuple[int, int], language: str) -> Iterator[tuple[Stop, Person]]:
        """Open one stop after the other; a page to which two addresses lead is shown once."""
        visitors: dict[Role | None, Person] = {}
        seen: set[tuple[Role | None, str]] = set()
        for stop in self.stops:
            if stop.role not in visitors:
                user = self.world(stop.role).person
                name = str(stop.role or "nobody")
                visitors[stop.role] = (
                    people.comes_signed_in(user, size, language, name) if user else people.comes(name, size, language)
                )
            person = visitors[stop.role]
            if stop.endpoint == "tablet.index" and stop.role is None:
                person.expected += (401,)  # the tablet asks the server who is there; nobody is
            person.opens(f"{stop.path}{'&' if '?' in stop.path else '?'}lang={language}")
            where = person.page.url.split("lang=")[0].rstrip("?&")
            if (stop.role, where) in seen:
                continue
            seen.add((stop.role, where))
            if stop.endpoint in _DRAWN:
                person.page.locator(_DRAWN[stop.endpoint]).first.wait_for()
            yield stop, person


def roles_of(door: Door) -> list[Role | None]:
    """Whom we send through a door: nobody, or one of those who may; nobody at all through a closed one."""
    if door.who == EVERYBODY:
        return [None]
    return [role for role in (*_FIRST, *Role) if role in door.who][:1]
