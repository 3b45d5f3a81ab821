"""Second reader and responder: they declare their interests as the team does, and others can be named."""

import pytest

from inspect_app.domain.errors import DomainError, NotVisibleError
from inspect_app.models import AuditEvent, User, db
from inspect_app.queries import inspections as questions
from inspect_app.services import inspections as deeds
from tests.factories.inspections import PROVINCE, Play, make_play, play_until
from tests.factories.users import actor_of, make_user, sign_in


def _code(deed: object, *args: object, **kwargs: object) -> str:
    with pytest.raises(DomainError) as caught:
        deed(*args, **kwargs)  # type: ignore[operator]
    db.session.rollback()
    return caught.value.code


def _nabila() -> User:
    user = make_user("inspector", name="Nabila", province=PROVINCE, body="health")
    db.session.commit()
    return user


def _change(play: Play, who: str = "Chaimae", **changes: object) -> None:
    values = {
        "second_reader": play.people["Driss"].id,
        "responder": play.people["Salma"].id,
        "reason": "تضارب مصالح",
    }
    deeds.change_reviewers(play.actor(who), inspection_id=play.id, **{**values, **changes})  # type: ignore[arg-type]


def test_driss_and_salma_declare_before_the_file_opens_to_them(app: object) -> None:
    play = make_play()
    for name in ("Driss", "Salma"):
        assert _code(questions.opened, play.actor(name), play.id) == "declaration-first"
        deeds.declare(play.actor(name), inspection_id=play.id, conflict=False)
        assert questions.opened(play.actor(name), play.id).id == play.id
        assert _code(deeds.declare, play.actor(name), inspection_id=play.id, conflict=True) == "already-declared"


def test_a_declared_conflict_closes_the_file_to_the_second_reader_and_the_visit_can_still_start(app: object) -> None:
    play = make_play()
    deeds.declare(play.actor("Driss"), inspection_id=play.id, conflict=True, detail="أخي مدير هناك")
    play_until("submitted", play)
    assert _code(questions.opened, play.actor("Driss"), play.id) == "conflict-declared"
    assert _code(deeds.accept, play.actor("Driss"), inspection_id=play.id) == "conflict-declared"


def test_chaimae_names_nabila_who_declares_and_accepts_while_driss_knows_nothing_any_more(app: object) -> None:
    play = make_play()
    deeds.declare(play.actor("Driss"), inspection_id=play.id, conflict=True, detail="أخي مدير هناك")
    play_until("submitted", play)
    nabila = _nabila()
    _change(play, second_reader=nabila.id)
    assert _code(deeds.accept, actor_of(nabila), inspection_id=play.id) == "declaration-first"
    deeds.declare(actor_of(nabila), inspection_id=play.id, conflict=False)
    with pytest.raises(NotVisibleError):
        questions.visible(play.actor("Driss"), play.id)
    assert {r.duty: r.conflict for r in play.inspection.reviewers} == {"second_reading": "none", "responses": "none"}
    deeds.accept(actor_of(nabila), inspection_id=play.id)
    event = db.session.query(AuditEvent).filter_by(verb="inspection.reviewers_changed").one()
    assert (event.data["second_reader"], event.data["reason"]) == (nabila.id, "تضارب مصالح")


def test_who_reads_and_answers_declares_once_for_both(app: object) -> None:
    play = make_play()
    _change(play, responder=play.people["Driss"].id)
    deeds.declare(play.actor("Driss"), inspection_id=play.id, conflict=False)
    assert {r.conflict for r in play.inspection.reviewers} == {"none"}


def test_nobody_is_named_once_the_work_is_done_nor_from_the_team_nor_without_a_reason(app: object) -> None:
    play = play_until("accepted")
    nabila = _nabila().id
    assert _code(_change, play, second_reader=nabila) == "reviewer-fixed"
    assert _code(_change, play, responder=play.people["Younes"].id) == "responder-visited"
    assert _code(_change, play, responder=nabila, reason=" ") == "reason-missing"
    assert _code(_change, play) == "reviewers-unchanged"
    assert _code(_change, play, "Driss", responder=nabila) == "forbidden"
    _change(play, responder=nabila)
    play_until("responding", play)


def test_somebody_who_answered_the_director_stays_on_the_file(app: object) -> None:
    play = play_until("draft_sent")
    first = deeds.observe(play.actor("Brahim"), inspection_id=play.id, words="Merci.").id
    deeds.observe(play.actor("Brahim"), inspection_id=play.id, words="Encore merci.")
    play_until("responding", play)
    deeds.respond(
        play.actor("Salma"), inspection_id=play.id, observation_id=first, outcome="rejected", reasons="Lu et noté."
    )
    _change(play, responder=_nabila().id)
    assert questions.visible(play.actor("Salma"), play.id)


def test_driss_reads_the_declaration_only_and_chaimae_names_somebody_else_on_a_page(app, client) -> None:
    play = play_until("under_way", make_play())
    _change(play, second_reader=(nabila := _nabila()).id)
    sign_in(client, nabila)
    page = client.get(f"/inspections/{play.id}?lang=en").text
    assert "You are named as reviewer of this visit." in page
    assert "What happened" not in page
    assert client.get(f"/inspections/{play.id}/review").location == f"/inspections/{play.id}"
    assert "Your declaration is awaited" in client.get("/inspections/?lang=en").text
    client.post(f"/inspections/{play.id}/declaration", data={"conflict": "yes", "detail": "زوجي مورد لهم"})
    assert "stays closed to you" in client.get(f"/inspections/{play.id}?lang=en").text
    sign_in(client, play.people["Chaimae"])
    file = client.get(f"/inspections/{play.id}?lang=en").text
    assert "A reviewer declared a conflict of interests." in file
    assert "زوجي مورد لهم" in file
    address = f"/inspections/{play.id}/reviewers"
    assert nabila.name in client.get(address).text
    data = {"second_reader": str(play.people["Driss"].id), "responder": str(play.people["Salma"].id), "reason": ""}
    assert client.post(address, data=data).status_code == 422, "the reason is missing"
    assert client.post(address, data={**data, "reason": "مورد"}).status_code == 302
    sign_in(client, play.people["Driss"])
    assert "Declaration of interests" in client.get(f"/inspections/{play.id}?lang=en").text


def test_the_conflict_of_a_reviewer_is_told_to_the_coordinator_and_the_new_one_is_told(app, monkeypatch) -> None:
    from inspect_app.adapters import mail

    sent: list[tuple[str, str]] = []
    play = make_play()
    monkeypatch.setattr(mail, "send", lambda to, subject, text: sent.append((to, text)))
    deeds.declare(play.actor("Salma"), inspection_id=play.id, conflict=True, detail="خالتي")
    assert [to for to, _text in sent] == [play.people["Chaimae"].email]
    assert "خالتي" not in sent[0][1]
    sent.clear()
    nabila = _nabila()
    _change(play, responder=nabila.id)
    assert [to for to, _text in sent] == [nabila.email]
