"""Fill an empty database: 1,092 institutions, people, a visit played by the deeds themselves, and copies of it.

``python -m tests.bench.fill VISITS`` in the environment of a site; prints JSON for ``Site.world``.
"""

import contextlib
import json
import sys
from datetime import timedelta

from flask import Flask
from sqlalchemy import String, cast, func, insert, literal, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import aliased

from inspect_app import create_app
from inspect_app.adapters import clock
from inspect_app.domain.inspections import Kind
from inspect_app.domain.roles import Role
from inspect_app.models import (
    Answer,
    AnswerRevision,
    AuditEvent,
    AuditHead,
    Inspection,
    InspectionEvent,
    InspectionPerson,
    Institution,
    Province,
    Reviewer,
    ScoreCard,
    TeamMember,
    User,
    db,
)
from inspect_app.services import inspections as deeds
from tests.factories.inspections import PROVINCE, Play, declare_all, make_play, operation, play_until
from tests.factories.institutions import make_institution
from tests.factories.users import make_person, make_user, sign_in

INSTITUTIONS = 1092
_BULK = "bulk-"
_CATEGORIES = ("children", "schoolchildren", "women", "elderly", "disability")


def fill(app: Flask, visits: int) -> dict[str, object]:
    """Everything; ids and session cookies of what was made."""
    play = _past_and_present()
    home = play.institution
    _institutions()
    people = {
        **play.people,
        "Fatima": make_person("Fatima", national=True),
        "Ghali": make_person("Ghali", national=True),
        "Ilyas": make_person("Ilyas", province=PROVINCE),
    }
    others = [make_user(Role.INSPECTOR, name=f"Inspector {n}", national=True) for n in range(60)]
    db.session.commit()
    final = db.session.get_one(Inspection, play.inspection.previous_id)
    copies = visits - 2
    _copies(final, copies, [play.people["Amina"], *others])
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
            with contextlib.suppress(DBAPIError):  # writing all this to disk is no part of what is measured next
                connection.exec_driver_sql("CHECKPOINT")
    return {
        "inspection": play.id,
        "final": final.id,
        "institution": home.id,
        "codes": play.codes(),
        "cookies": {name: _cookie(app, user) for name, user in people.items()},
        "answers": db.session.scalar(select(func.count()).select_from(Answer)),
        "visits": db.session.scalar(select(func.count()).select_from(Inspection)),
    }


def _past_and_present() -> Play:
    """A finished visit of a children's institution and, beside it, one under way with half its answers."""
    past = make_play(name_ar="دار الأطفال الأمل بتاوريرت", name_fr="Maison d'enfants Al Amal de Taourirt")
    declare_all(past)
    deeds.start(past.actor("Amina"), inspection_id=past.id)
    for number, code in enumerate(past.codes()):
        note = f"ملاحظة المعاينة رقم {number} كما دونتها اللجنة" if number % 3 == 0 else ""
        sent = [operation(code, (3, 2, 3, 1, 3, 2)[number % 6], note=note)]
        deeds.apply_operations(past.actor("Amina"), inspection_id=past.id, operations=sent)
    deeds.submit(past.actor("Amina"), inspection_id=past.id)
    play_until("final", past)
    present = Play(past.institution, _plan_again(past), past.people)
    declare_all(present)
    deeds.start(present.actor("Amina"), inspection_id=present.id)
    for number, code in enumerate(present.codes()):
        sent = [operation(code, (3, 3, 2)[number % 3], note="روجع في عين المكان" if number % 4 == 0 else "")]
        deeds.apply_operations(present.actor("Amina"), inspection_id=present.id, operations=sent)
    return present


def _plan_again(past: Play) -> Inspection:
    names = {name: person.id for name, person in past.people.items()}
    return deeds.plan_inspection(
        past.actor("Chaimae"),
        institution_id=past.institution.id,
        kind=Kind.FOLLOW_UP,
        planned_on=clock.today() + timedelta(days=14),
        team=[deeds.MemberInput(names["Amina"], leader=True), deeds.MemberInput(names["Younes"])],
        second_reader=names["Driss"],
        responder=names["Salma"],
    )


def _institutions() -> None:
    """The others, over all provinces."""
    provinces = db.session.scalars(select(Province.code).order_by(Province.code)).all()
    for number in range(1, INSTITUTIONS):
        make_institution(
            code=f"B-{number:05d}",
            name_ar=f"دار الطالبة النجاح للرعاية الاجتماعية {number}",
            name_fr=f"Dar Taliba An-Najah pour la protection sociale {number}",
            search_text=f"دار الطالبه النجاح dar taliba an najah {number}",
            category=_CATEGORIES[number % len(_CATEGORIES)],
            province_code=provinces[number % len(provinces)],
            director_in_post=number % 4 != 0,
            level=("conditional", "accredited", "provisional", None)[number % 4],
        )


def _copies(final: Inspection, count: int, leaders: list[User]) -> None:
    """Copies of the finished visit, row by row of every table, made inside the database."""
    if count < 1:
        return
    places = db.session.scalars(
        select(Institution.id).where(Institution.code.like("B-%")).order_by(Institution.id)
    ).all()
    columns = {c.key: getattr(final, c.key) for c in Inspection.__mapper__.column_attrs if c.key != "id"}
    rows = [
        {
            **columns,
            "uid": f"{_BULK}{n}",
            "reference": f"V-2025-{n:05d}",
            "institution_id": places[n % len(places)],
            "planned_on": final.planned_on - timedelta(days=n % 700),
            "invented": True,
        }
        for n in range(count)
    ]
    db.session.execute(insert(Inspection), rows)
    copy = aliased(Inspection)
    number = cast(copy.id, String)
    _clone(AnswerRevision, final, copy, op_id=AnswerRevision.op_id + literal("-") + number)
    _clone(InspectionEvent, final, copy)
    _clone(ScoreCard, final, copy)
    db.session.execute(
        insert(Answer).from_select(
            ["inspection_id", "criterion", "revision_id", "level", "not_applicable"],
            select(
                AnswerRevision.inspection_id,
                AnswerRevision.criterion,
                AnswerRevision.id,
                AnswerRevision.level,
                AnswerRevision.not_applicable,
            )
            .join(copy, copy.id == AnswerRevision.inspection_id)
            .where(copy.uid.like(f"{_BULK}%")),
        )
    )
    _clone_chain(final, copy)
    ids = db.session.scalars(select(copy.id).where(copy.uid.like(f"{_BULK}%")).order_by(copy.id)).all()
    _people(ids, leaders)
    db.session.commit()


def _clone(table: type, final: Inspection, copy: type[Inspection], **changed: object) -> None:
    """Each row of the finished visit once more for each copy."""
    keys = [c.key for c in table.__mapper__.column_attrs if c.key != "id"]  # type: ignore[attr-defined]
    values = {key: getattr(table, key) for key in keys} | {"inspection_id": copy.id} | changed
    source = (
        select(*(values[key] for key in keys))
        .select_from(table)
        .join(copy, copy.uid.like(f"{_BULK}%"))
        .where(table.inspection_id == final.id)  # type: ignore[attr-defined]
    )
    db.session.execute(insert(table).from_select(keys, source))


def _clone_chain(final: Inspection, copy: type[Inspection]) -> None:
    """The journal of each copy: as long as the real one (its hashes are not true)."""
    chain = literal("inspection/") + cast(copy.id, String)
    mine = f"inspection/{final.id}"
    for table in (AuditEvent, AuditHead):
        keys = [c.key for c in table.__mapper__.column_attrs if c.key != "id"]
        values = {key: getattr(table, key) for key in keys} | {"chain": chain}
        source = (
            select(*(values[key] for key in keys))
            .select_from(table)
            .join(copy, copy.uid.like(f"{_BULK}%"))
            .where(table.chain == mine)
        )
        db.session.execute(insert(table).from_select(keys, source))


def _people(ids: list[int], leaders: list[User]) -> None:
    """Leader, member, second reader and responder of each copy, over all inspectors."""
    sides, team, reviewers = [], [], []
    now = clock.now()
    said = {"conflict": "none", "declared_at": now}
    for place, id_ in enumerate(ids):
        four = [leaders[(place * 4 + k) % len(leaders)].id for k in range(4)]
        for k, user_id in enumerate(four):
            row = {"inspection_id": id_, "user_id": user_id, "side": "visit" if k < 2 else "review"}
            sides.append(row)
            if k < 2:
                team.append({**row, "body": "entraide", "leader": k == 0, "conflict": "none", "declared_at": now})
            else:
                reviewers.append({**row, "duty": ("second_reading", "responses")[k - 2], "assigned_at": now, **said})
    for table, rows in ((InspectionPerson, sides), (TeamMember, team), (Reviewer, reviewers)):
        db.session.execute(insert(table), rows)
    # every tenth of them is still somewhere on its way
    for k, state in enumerate(("under_way", "submitted", "draft_sent")):
        db.session.execute(update(Inspection).where(Inspection.id.in_(ids[k::30])).values(state=state))


def _cookie(app: Flask, user: User) -> str:
    client = app.test_client()
    sign_in(client, user)
    found = client.get_cookie("session")
    assert found is not None
    return found.value


if __name__ == "__main__":
    application = create_app()
    with application.app_context():
        print(json.dumps(fill(application, int(sys.argv[1]))))
