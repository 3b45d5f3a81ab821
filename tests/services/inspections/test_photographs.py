"""Photographs that must go: withdrawn by the second reader or the coordinator, erased where somebody is seen."""

import uuid
from datetime import timedelta

import pytest

from inspect_app.adapters import clock, files, pdf
from inspect_app.domain.errors import DomainError
from inspect_app.models import AuditEvent, Evidence, Report, db
from inspect_app.queries import inspections as questions
from inspect_app.services import inspections as deeds
from inspect_app.services.reports import report_for
from tests.factories.inspections import Play, picture, play_until
from tests.factories.users import sign_in


def _photo(play: Play, criterion: int = 0, *, op_id: str | None = None, width: int = 64) -> Evidence:
    return deeds.add_photo(
        play.actor("Amina"),
        inspection_id=play.id,
        criterion=play.codes()[criterion],
        op_id=op_id or str(uuid.uuid4()),
        raw=picture(size=(width, 48)),
        taken_at=clock.now(),
    )


def _another(play: Play) -> Play:
    """Another visit of the same people, under way."""
    people = play.people
    inspection = deeds.plan_inspection(
        play.actor("Chaimae"),
        institution_id=play.institution.id,
        kind="follow_up",
        planned_on=clock.today() + timedelta(days=20),
        team=[deeds.MemberInput(people["Amina"].id, leader=True), deeds.MemberInput(people["Younes"].id)],
        second_reader=people["Driss"].id,
        responder=people["Salma"].id,
    )
    return play_until("under_way", Play(play.institution, inspection, people))


def _withdraw(play: Play, who: str, photo: Evidence, *, reason: str = "وجه طفل", identity: bool = True) -> Evidence:
    return deeds.withdraw_photo(
        play.actor(who), inspection_id=play.id, photo_id=photo.id, reason=reason, identity=identity
    )


def _gone(sha256: str) -> bool:
    try:
        files.get(sha256)
    except files.MissingFileError:
        return True
    return False


@pytest.mark.parametrize("who", ["Driss", "Chaimae"])
@pytest.mark.parametrize("state", ["submitted", "accepted", "draft_sent", "responding"])
def test_a_face_can_go_at_any_time_before_the_final_report(app: object, who: str, state: str) -> None:
    play = play_until("under_way")
    photo = _photo(play, width=70)
    play_until(state, play)
    _withdraw(play, who, photo)
    assert _gone(photo.sha256)
    assert _gone(photo.thumb_sha256)
    assert (photo.withdrawn_reason, photo.erased_at is not None) == ("وجه طفل", True)
    assert questions.photos(play.id) == {}
    event = db.session.query(AuditEvent).filter_by(verb="photo.withdrawn").one()
    assert (event.data["identity"], event.data["sha256"]) == (True, photo.sha256)


def test_a_wrong_room_is_withdrawn_and_its_picture_is_kept(app: object) -> None:
    play = play_until("under_way")
    photo = _photo(play, width=71)
    play_until("submitted", play)
    _withdraw(play, "Driss", photo, reason="غرفة أخرى", identity=False)
    assert photo.withdrawn_at is not None
    assert not _gone(photo.sha256)
    _withdraw(play, "Driss", photo)  # later somebody sees the face in the mirror
    assert _gone(photo.sha256)


def test_the_same_picture_on_another_criterion_goes_too_but_another_visit_keeps_its_own(app: object) -> None:
    play = play_until("under_way")
    other = _another(play)
    first, second, elsewhere = _photo(play, 0, width=72), _photo(play, 1, width=72), _photo(other, width=72)
    _withdraw(play, "Chaimae", first)
    assert second.erased_at is not None
    assert not _gone(elsewhere.sha256)
    _withdraw(other, "Chaimae", elsewhere)
    assert _gone(elsewhere.sha256)


def test_a_tablet_that_sends_an_erased_picture_again_does_not_bring_it_back(app: object) -> None:
    play = play_until("under_way")
    op_id = str(uuid.uuid4())
    photo = _photo(play, op_id=op_id, width=73)
    _withdraw(play, "Amina", photo)
    assert _photo(play, op_id=op_id, width=73).id == photo.id
    assert _gone(photo.sha256)


def test_drafts_already_printed_are_printed_again_without_it(app: object, monkeypatch: pytest.MonkeyPatch) -> None:
    printed: list[str] = []

    def render(html: str, **_more: object) -> pdf.Made:
        printed.append(html)
        return pdf.Made(f"%PDF {len(printed)}".encode(), "test")

    monkeypatch.setattr(pdf, "render", render)
    play = play_until("under_way")
    photo = _photo(play, width=74)
    play_until("draft_sent", play, level=0)
    _data, report = report_for(play.actor("Brahim"), inspection_id=play.id, stage="draft", language="ar")
    old, picture_name = report.sha256, photo.sha256
    _withdraw(play, "Chaimae", photo)
    assert _gone(old)
    assert db.session.query(Report).count() == 0
    report_for(play.actor("Brahim"), inspection_id=play.id, stage="draft", language="ar")
    assert picture_name in printed[0]
    assert picture_name not in printed[1]


def test_a_face_that_goes_while_the_draft_is_printed_is_not_on_it(app, monkeypatch: pytest.MonkeyPatch) -> None:
    printed: list[str] = []

    def render(html: str, **_more: object) -> pdf.Made:
        printed.append(html)
        if len(printed) == 1:
            _withdraw(play, "Chaimae", photo)
        return pdf.Made(f"%PDF {len(printed)}".encode(), "test")

    play = play_until("under_way")
    photo = _photo(play, width=77)
    play_until("draft_sent", play, level=0)
    monkeypatch.setattr(pdf, "render", render)
    data, _row = report_for(play.actor("Brahim"), inspection_id=play.id, stage="draft", language="ar")
    assert data == b"%PDF 2"
    assert photo.sha256 not in printed[1]


def test_who_may_not_withdraw(app: object) -> None:
    play = play_until("under_way")
    photo = _photo(play, width=75)
    play_until("submitted", play)
    for who, code in (("Amina", "not-editable"), ("Salma", "not-on-team"), ("Hind", "forbidden")):
        with pytest.raises(DomainError) as caught:
            _withdraw(play, who, photo)
        assert caught.value.code == code
        db.session.rollback()
    with pytest.raises(DomainError, match="reason-missing"):
        _withdraw(play, "Driss", photo, reason=" ")
    db.session.rollback()
    play_until("final", play)
    with pytest.raises(DomainError, match="photo-final"):
        _withdraw(play, "Chaimae", photo)
    assert not _gone(photo.sha256)


def test_driss_deletes_a_photograph_on_the_page_of_the_second_reading(app, client) -> None:
    play = play_until("under_way")
    photo = _photo(play, width=76)
    play_until("submitted", play)
    address = f"/inspections/{play.id}/photos/{photo.id}/withdraw"
    sign_in(client, play.people["Hind"])
    assert address not in client.get(f"/inspections/{play.id}/review").text
    sign_in(client, play.people["Driss"])
    assert address in client.get(f"/inspections/{play.id}/review?lang=en").text
    page = client.post(address, data={"reason": ""}, follow_redirects=True).text
    assert "Please give the reason." in page
    page = client.post(address, data={"reason": "وجه", "identity": "y"}, follow_redirects=True).text
    assert "The photograph is deleted." in page
    assert client.get(f"/api/v1/photos/{photo.id}").status_code == 404


def test_the_team_reads_on_the_answering_page_why_the_visit_came_back(app, client) -> None:
    play = play_until("submitted")
    sign_in(client, play.people["Amina"])
    deeds.return_to_team(play.actor("Driss"), inspection_id=play.id, reason="صور <b>السلامة</b> ناقصة")
    page = client.get(f"/inspections/{play.id}/answer?lang=en").text
    assert "صور &lt;b&gt;السلامة&lt;/b&gt; ناقصة" in page
    deeds.submit(play.actor("Amina"), inspection_id=play.id)
    assert "ناقصة" not in client.get(f"/inspections/{play.id}/answer").text


def test_driss_who_is_not_on_the_team_leaves_nothing_in_the_storage(
    app: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    play = play_until("under_way")
    kept: list[bytes] = []
    monkeypatch.setattr(files, "put", lambda data: kept.append(data) or "0" * 64)
    with pytest.raises(DomainError, match="not-on-team"):
        deeds.add_photo(
            play.actor("Driss"),
            inspection_id=play.id,
            criterion=play.codes()[0],
            op_id=str(uuid.uuid4()),
            raw=picture(),
            taken_at=clock.now(),
        )
    assert kept == []
