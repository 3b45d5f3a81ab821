"""One deed on many files at once leaves the same chains as one after the other."""

import pytest
from flask import Flask
from sqlalchemy import select

from inspect_app.models import AuditEvent, db
from inspect_app.queries import audit as journal
from inspect_app.services import audit
from inspect_app.services.audit_many import record_each
from tests.factories.users import actor_of, make_person

pytestmark = pytest.mark.usefixtures("app")


def test_new_and_old_chains_go_on_whole(app: Flask) -> None:
    fatima = actor_of(make_person("Fatima", national=True))
    audit.record(fatima, "institution.created", chain="institution/1", code="a")
    record_each(fatima, "institution.edited", {f"institution/{n}": {"n": n} for n in range(1, 1202)})
    audit.record(fatima, "institution.edited", chain="institution/1", n="again")
    record_each(fatima, "institution.edited", {"institution/1": {"n": "last"}, "institution/2": {}})
    db.session.commit()
    assert list(journal.all_faults()) == []
    rows = db.session.execute(
        select(AuditEvent.seq, AuditEvent.data).where(AuditEvent.chain == "institution/1").order_by(AuditEvent.seq)
    ).all()
    assert [tuple(row) for row in rows] == [(1, {"code": "a"}), (2, {"n": 1}), (3, {"n": "again"}), (4, {"n": "last"})]


def test_nothing_to_write_down_is_no_deed(app: Flask) -> None:
    record_each(actor_of(make_person("Fatima", national=True)), "institution.edited", {})
    assert journal.counts() == (0, 0)
