"""Rows by the thousand, with the audit chains that the deeds would have left behind them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, text

from inspect_app.domain.actors import Actor
from inspect_app.domain.audit import GENESIS, event_hash
from inspect_app.models import AuditEvent, AuditHead, Base, db

_CHUNK = 2_000


class Bulk:
    """Rows waiting to be written, table by table, in the order in which tables were first used."""

    def __init__(self) -> None:
        self.rows: dict[type[Base], list[dict[str, Any]]] = {}
        self.heads: dict[str, tuple[int, str]] = {}
        self.ids: dict[type[Base], int] = {}

    def next_id(self, table: type[Base]) -> int:
        """A fresh id of a table."""
        if table not in self.ids:
            self.ids[table] = db.session.scalar(select(func.max(table.id))) or 0  # type: ignore[attr-defined]
        self.ids[table] += 1
        return self.ids[table]

    def add(self, table: type[Base], **values: Any) -> None:
        """One row."""
        self.rows.setdefault(table, []).append(values)

    def extend(self, table: type[Base], rows: Iterable[dict[str, Any]]) -> None:
        """Many rows."""
        self.rows.setdefault(table, []).extend(rows)

    def record(self, actor: Actor | None, verb: str, *, chain: str, at: datetime, **data: Any) -> None:
        """An audit event as ``services.audit.record`` writes it, at its own moment. The chain must be new."""
        seq, previous = self.heads.get(chain, (0, GENESIS))
        who = f"{actor.name} ({', '.join(sorted(actor.roles))})" if actor else "system"
        sealed: dict[str, Any] = {
            "chain": chain,
            "seq": seq + 1,
            "at": at,
            "actor_id": actor.user_id if actor else None,
            "actor": who,
            "verb": verb,
            "data": data,
        }
        digest = event_hash(previous=previous, **sealed)
        self.heads[chain] = (seq + 1, digest)
        self.add(AuditEvent, **sealed, previous_hash=previous, hash=digest)

    def continue_chains(self, prefix: str) -> None:
        """Read the ends of chains that exist already, so that events can follow."""
        for head in db.session.scalars(select(AuditHead).where(AuditHead.chain.startswith(prefix))):
            self.heads[head.chain] = (head.seq, head.hash)

    def write(self) -> None:
        """Everything into the database, without a commit; nothing is waiting afterwards."""
        # the journal is read by id: events stand in it in the order of time
        self.rows.get(AuditEvent, []).sort(key=lambda row: (row["at"], row["chain"], row["seq"]))
        for table, rows in self.rows.items():
            for start in range(0, len(rows), _CHUNK):
                db.session.execute(insert(table), rows[start : start + _CHUNK])
        known = set(db.session.scalars(select(AuditHead.chain)))
        new = [{"chain": c, "seq": s, "hash": h} for c, (s, h) in self.heads.items() if c not in known]
        old = [(c, s, h) for c, (s, h) in self.heads.items() if c in known]
        for start in range(0, len(new), _CHUNK):
            db.session.execute(insert(AuditHead), new[start : start + _CHUNK])
        for chain, seq, digest in old:
            head = db.session.get_one(AuditHead, chain)
            head.seq, head.hash = seq, digest
        db.session.flush()
        self._tell_sequences()
        self.rows.clear()
        self.heads.clear()
        self.ids.clear()

    def _tell_sequences(self) -> None:
        """PostgreSQL counts apart from the rows: ids given by us must be passed over."""
        if db.engine.dialect.name != "postgresql":
            return
        for table in self.rows:
            if "id" in table.__table__.columns:
                name = table.__tablename__
                db.session.execute(
                    text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))")  # noqa: S608
                )
