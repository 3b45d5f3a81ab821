"""Two answers to one criterion: shown with everything, chosen by the leader, nothing settled unseen."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from inspect_app.adapters import clock
from inspect_app.domain.actors import Actor
from inspect_app.domain.errors import DomainError, ForbiddenError
from inspect_app.models import AnswerRevision, db
from inspect_app.queries import inspections as questions
from inspect_app.services import inspections as deeds
from tests.factories.devices import make_device
from tests.factories.inspections import Play, operation, picture, play_until
from tests.factories.users import actor_of, sign_in


def on(play: Play, name: str, label: str) -> Actor:
    """Somebody with a tablet of theirs."""
    person = play.people[name]
    plain = actor_of(person)
    return Actor(plain.user_id, plain.roles, plain.name, plain.language, make_device(person, label=label).id)


@pytest.fixture
def play(app: object) -> Play:
    """Amina said 3 and Younes 1 on the first criterion, each on a tablet, with note and photograph."""
    play = play_until("under_way")
    code = play.codes()[0]
    tapped = clock.now() - timedelta(days=3)
    for name, level, note in (("Amina", 3, "La sortie est libre"), ("Younes", 1, "Porte bloquée par un lit")):
        actor = on(play, name, f"Tablette de {name}")
        answer = operation(code, level, note=note, answered_at=tapped)
        deeds.apply_operations(actor, inspection_id=play.id, operations=[answer])
        deeds.add_photo(
            actor,
            inspection_id=play.id,
            criterion=code,
            op_id=operation(code).op_id,
            raw=picture(),
            taken_at=tapped,
            caption=f"Photo de {name}",
        )
    return play


def ops(play: Play) -> list[str]:
    return [row.op_id for row in db.session.query(AnswerRevision).order_by(AnswerRevision.id)]


def test_amina_sees_both_with_notes_photographs_devices_and_both_times(client: FlaskClient, play: Play) -> None:
    sign_in(client, play.people["Amina"])
    page = client.get(f"/inspections/{play.id}/two-answers?lang=en").text
    for text in (
        "La sortie est libre",
        "Porte bloquée par un lit",
        "Photo de Amina",
        "Photo de Younes",
        "Tablette de Amina",
        "Tablette de Younes",
        "Tapped, by the clock of the device",
        "Received by the server",
    ):
        assert text in page
    assert page.count("This one holds") == 2


def test_the_file_of_the_visit_leads_there(client: FlaskClient, play: Play) -> None:
    sign_in(client, play.people["Amina"])
    assert f"/inspections/{play.id}/two-answers" in client.get(f"/inspections/{play.id}").text


def test_amina_chooses_the_answer_of_younes(client: FlaskClient, play: Play) -> None:
    code, (first, second) = play.codes()[0], ops(play)
    sign_in(client, play.people["Amina"])
    form = {"op_id": second, "shown": [first, second]}
    client.post(f"/inspections/{play.id}/two-answers/{code}", data=form)
    now = questions.current_answers(play.id)[code]
    assert (now.level, now.note, now.author) == (1, "Porte bloquée par un lit", "Amina")
    assert questions.disputed(play.id) == {}
    assert len(ops(play)) == 3
    assert "Nothing to choose" in client.get(f"/inspections/{play.id}/two-answers?lang=en").text


def test_choosing_the_answer_that_holds_ends_it_too(play: Play) -> None:
    code, (first, second) = play.codes()[0], ops(play)
    deeds.choose_answer(play.actor("Amina"), inspection_id=play.id, criterion=code, op_id=first, shown=[first, second])
    assert questions.current_answers(play.id)[code].level == 3
    assert questions.disputed(play.id) == {}


def test_an_answer_that_arrived_after_the_page_was_made_stays_open(play: Play) -> None:
    code, (first, second) = play.codes()[0], ops(play)
    late = on(play, "Younes", "Téléphone")
    deeds.apply_operations(late, inspection_id=play.id, operations=[operation(code, 0, note="Vu plus tard")])
    deeds.choose_answer(play.actor("Amina"), inspection_id=play.id, criterion=code, op_id=second, shown=[first, second])
    assert [row.note for row in questions.disputed(play.id)[code]] == ["Vu plus tard"]


def test_who_looked_at_another_present_answer_looks_again(play: Play) -> None:
    code, (first, second) = play.codes()[0], ops(play)
    newer = operation(code, 2, base_op_id=first)
    deeds.apply_operations(on(play, "Younes", "Téléphone"), inspection_id=play.id, operations=[newer])
    with pytest.raises(DomainError, match="changed-meanwhile"):
        deeds.choose_answer(
            play.actor("Amina"), inspection_id=play.id, criterion=code, op_id=second, shown=[first, second]
        )
    assert len(ops(play)) == 3


def test_only_the_leader_chooses_and_only_what_stands_there(play: Play) -> None:
    code, (first, second) = play.codes()[0], ops(play)
    both = [first, second]
    with pytest.raises(ForbiddenError, match="not-leader"):
        deeds.choose_answer(play.actor("Younes"), inspection_id=play.id, criterion=code, op_id=first, shown=both)
    with pytest.raises(DomainError, match="nothing-to-choose"):
        deeds.choose_answer(play.actor("Amina"), inspection_id=play.id, criterion=code, op_id="x", shown=both)
    other = play.codes()[1]
    with pytest.raises(DomainError, match="nothing-to-choose"):
        deeds.choose_answer(play.actor("Amina"), inspection_id=play.id, criterion=other, op_id=first, shown=both)


def test_a_conflict_keeps_the_visit_from_being_submitted(play: Play) -> None:
    play.answer(codes=play.codes()[1:])
    with pytest.raises(DomainError, match="disputed"):
        deeds.submit(play.actor("Amina"), inspection_id=play.id)
