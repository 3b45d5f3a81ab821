"""Which criteria rest on which line; what changed between two checklists."""

from dataclasses import replace

from inspect_app.adapters.checklist_files import load_checklist, load_sources
from inspect_app.domain.checklist_diff import difference
from inspect_app.domain.checklists import Checklist
from inspect_app.domain.coverage import coverage


def test_a_line_shows_every_criterion_that_rests_on_it_and_none_is_hidden() -> None:
    sources, _ = load_sources()
    covered = coverage(sources, [load_checklist(category="children")])
    assert [c.source.id for c in covered] == [s.id for s in sources]
    lines = {(c.source.id, line.line.id): line.criteria for c in covered for line in c.lines}
    assert "PRO-01" in lines["annex-b", "C41"]
    assert lines["law-65-15", "unread-sanctions"] == ()


def test_a_changed_descriptor_is_found_under_its_code() -> None:
    old = load_checklist(category="women")
    data = old.as_data()
    data["domains"][0]["standards"][0]["criteria"][0]["weight"] = 1
    removed = data["domains"][1]["standards"][0]["criteria"].pop()
    new = Checklist.of(data)
    found = difference(old, new)
    assert found.removed == (removed["code"],)
    assert found.added == ()
    assert [(c.code, dict(c.fields)) for c in found.changed] == [("GOV-01", {"weight": (5, 1)})]
    assert difference(old, replace(old)).empty
