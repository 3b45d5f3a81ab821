"""What must be true when everybody is connected again, worked out from what people did and saw, in plain Python."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from inspect_app.adapters import clock
from inspect_app.models import Answer, AnswerRevision, AuditEvent, Device, db
from inspect_app.queries import audit as journal
from inspect_app.queries.inspections.conflicts import standing_conflicts
from tests.protocol.world import World


def check(world: World) -> None:
    """Nothing lost, nothing doubled, nothing silently overwritten; both times and the device kept; the journal whole."""
    db.session.expire_all()
    rows = db.session.scalars(
        select(AnswerRevision).where(AnswerRevision.inspection_id == world.play.id).order_by(AnswerRevision.id)
    ).all()
    _check_kept(world, rows)
    _check_overwritten(world, rows)
    chain = f"inspection/{world.play.id}"
    told = Counter(
        entry["op"]
        for event in db.session.scalars(
            select(AuditEvent).where(AuditEvent.chain == chain, AuditEvent.verb == "answers.saved")
        )
        for entry in event.data["operations"]
    )
    assert told == Counter(row.op_id for row in rows), "the journal tells each answer once"
    assert not list(journal.faults_of(chain)), "the chain of the journal is whole"


def _check_kept(world: World, rows: Any) -> None:
    kept = Counter(row.op_id for row in rows)
    lost = set(world.taps) - set(kept)
    doubled = [op_id for op_id, count in kept.items() if count > 1]
    world.counts["lost"] += len(lost)
    world.counts["doubled"] += len(doubled)
    assert not lost, f"lost: {lost}"
    assert not doubled, f"doubled: {doubled}"
    assert set(kept) == set(world.taps), "nothing that nobody said"
    devices = {device.uid: device.id for device in db.session.scalars(select(Device))}
    for row in rows:
        tap = world.taps[row.op_id]
        tablet, said = world.tablets[tap.tablet], tap.operation
        assert (row.criterion, row.level, row.note) == (said["criterion"], said["level"], said["note"])
        assert (row.base_op_id, row.outcome) == (said["base_op_id"], tap.status)
        assert row.answered_at == datetime.fromisoformat(said["answered_at"]), "the device's time is kept"
        assert abs(clock.now() - row.received_at) < timedelta(hours=1), "and the server's, which no device sets"
        assert row.device_id == devices[tablet.uid]
        assert row.author_id == world.play.people[tablet.person].id


def _check_overwritten(world: World, rows: Any) -> None:
    """Whoever's answer is not the current one either changed it themselves, or was shown to whoever did, or is shown now.

    Worked out from what people did and saw alone, not by the program's own rule.
    """
    current = dict(
        db.session.execute(
            select(Answer.criterion, AnswerRevision.op_id)
            .join(AnswerRevision, AnswerRevision.id == Answer.revision_id)
            .where(Answer.inspection_id == world.play.id)
        ).all()
    )
    shown = {op_id for op_ids in standing_conflicts(world.play.id).values() for op_id in op_ids}
    said_now = {code: world.taps[op_id].operation for code, op_id in current.items()}
    based_on = {tap.operation["base_op_id"] for tap in world.taps.values()}
    settled = {op_id for tap in world.taps.values() for op_id in tap.operation["settles"] if tap.status == "accepted"}
    place = {row.op_id: row.id for row in rows}
    silent = []
    for op_id, tap in world.taps.items():
        said = tap.operation
        now = said_now[said["criterion"]]
        if op_id == now["op_id"] or op_id in based_on or op_id in shown or op_id in settled:
            continue
        if tap.status == "superseded":  # the same was said already, by the answer that was current then
            same = [
                other
                for other_id, other in world.taps.items()
                if other_id != op_id
                and other.status == "accepted"
                and place[other_id] < place[op_id]
                and other.operation["criterion"] == said["criterion"]
                and (other.operation["level"], other.operation["note"]) == (said["level"], said["note"])
            ]
            if same:
                continue
        later = [
            other
            for other_id, other in world.taps.items()
            if other.tablet == tap.tablet
            and place[other_id] > place[op_id]
            and other.operation["criterion"] == said["criterion"]
        ]
        if later:  # the same hand answered again, having seen what it had said or what counted instead
            continue
        silent.append(op_id)
    world.counts["silently overwritten"] += len(silent)
    assert not silent, f"silently overwritten: {silent}"
    assert shown <= {op_id for op_id, tap in world.taps.items() if tap.status == "conflict"}
