"""A visit worth reporting: findings of each severity, notes, measurements, photographs, what does not apply, a hearing."""

from datetime import UTC, datetime, timedelta

from inspect_app.adapters import clock
from inspect_app.domain.checklists import Facts
from inspect_app.models import db
from inspect_app.queries.frozen import checklist_of
from inspect_app.schemas.minutes import SheetSchema, SignatureSchema
from inspect_app.services import inspections as deeds
from tests.factories.inspections import Play, declare_all, make_play, operation, picture, play_until
from tests.factories.minutes import sheet, signature

NOTE_AR = "المخرج الخلفي مغلق بقفل ولا يوجد مفتاح (الطابق 2)، ومطفأة واحدة من 4 صالحة."
NOTE_FR = "Registre incomplet : 12 dossiers sur 45, rien depuis le 03/09/2026 (« à compléter »)."
OBSERVATION_FR = "L'extincteur du 2e étage a été remplacé le 12/11/2026, facture n° 118 jointe."
REASONS_AR = "اطلعنا على الفاتورة رقم 118؛ المطفأة صالحة، لكن المخرج ما زال مغلقاً."


def reported_play(until: str = "final", *, earlier: bool = True, photos: int = 2, **institution: object) -> Play:
    """A visit of a children's institution with mixed answers, brought to draft_sent, responding or final.

    With ``earlier`` the institution had a better visit some months before, by other rules of the clock.
    """
    play = make_play(**institution)
    if earlier:
        play = _second_visit(play)
    declare_all(play)
    deeds.start(play.actor("Amina"), inspection_id=play.id)
    answer_mixed(play, photos=photos)
    deeds.submit(play.actor("Amina"), inspection_id=play.id)
    play_until("draft_sent", play)
    if until != "draft_sent":
        observation = deeds.observe(
            play.actor("Brahim"), inspection_id=play.id, words=OBSERVATION_FR, criterion="BLD-02"
        )
        deeds.observe(play.actor("Brahim"), inspection_id=play.id, words="شكراً للفريق على الزيارة.")
        play_until("responding", play)
        if until == "final":
            deeds.respond(
                play.actor("Salma"),
                inspection_id=play.id,
                observation_id=observation.id,
                outcome="partly",
                reasons=REASONS_AR,
                new_level=1,
            )
            deeds.respond(
                play.actor("Salma"),
                inspection_id=play.id,
                observation_id=observation.id + 1,
                outcome="accepted",
                reasons="أخذنا علماً بذلك.",
            )
            play_until("final", play)
    db.session.refresh(play.inspection)
    return play


def answer_mixed(play: Play, *, photos: int = 2) -> None:
    """Answers of every level, in a fixed pattern; BLD-02 (fire) not met, with a note, measurements and photographs."""
    operations = []
    checklist = checklist_of(play.inspection)
    for number, criterion in enumerate(checklist.applicable(Facts.of(play.inspection.facts))):
        changes: dict[str, object] = {}
        level: int | None = (3, 2, 3, 3, 1, 2, 3, 3, 0, 2)[number % 10]
        if criterion.code == "BLD-02":
            level, changes = 0, {"note": NOTE_AR, "measurements": {"extinguishers-working": "1"}}
        elif criterion.critical:
            level = 3 if number % 2 else 2
        elif level == 0:
            changes = {"note": NOTE_FR}
        elif number % 13 == 5 and criterion.na_allowed:
            level, changes = None, {"not_applicable": True, "na_reason": "لا يوجد هذا النشاط في المؤسسة."}
        operations.append(operation(criterion.code, level, **changes))
    deeds.apply_operations(play.actor("Amina"), inspection_id=play.id, operations=operations)
    record = SheetSchema().load(sheet("BLD-02", danger=True))
    deeds.fill_sheets(play.actor("Amina"), inspection_id=play.id, sheets=[record])
    taken = [signature(), signature(capacity="member", deed="typed", drawing="", name="Amina", function="Inspectrice")]
    signed = [SignatureSchema().load(one) for one in taken]
    deeds.take_signatures(play.actor("Amina"), inspection_id=play.id, signatures=signed)
    for number in range(photos):
        deeds.add_photo(
            play.actor("Amina"),
            inspection_id=play.id,
            criterion="BLD-02",
            op_id=f"00000000-0000-4000-8000-{play.id:06d}{number:06d}",
            raw=picture(size=(1200, 900)),
            taken_at=clock.now(),
            caption=("المخرج الخلفي، الطابق 2" if number % 2 else "Issue arrière, étage 2"),
        )


def _second_visit(play: Play) -> Play:
    """The planned visit is held and closed; a second one is planned for the same institution and people."""
    play_until("final", play, level=2)
    people = play.people
    inspection = deeds.plan_inspection(
        play.actor("Chaimae"),
        institution_id=play.institution.id,
        kind="follow_up",
        planned_on=clock.today() + timedelta(days=200),
        team=[deeds.MemberInput(people["Amina"].id, leader=True), deeds.MemberInput(people["Younes"].id)],
        second_reader=people["Driss"].id,
        responder=people["Salma"].id,
    )
    return Play(play.institution, inspection, people)


def at(day: int = 1, month: int = 11, year: int = 2026) -> datetime:
    """A morning."""
    return datetime(year, month, day, 9, tzinfo=UTC)
