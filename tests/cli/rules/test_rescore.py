"""A jurist at the console: what a rule-set would change, second cards, publication."""

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import insert, select

from inspect_app.adapters import rule_books, rule_versions
from inspect_app.models import FrozenVersion, ScoreCard, db
from inspect_app.services.rescoring import second_cards
from tests.factories.inspections import Play, another_play, make_play, play_until
from tests.factories.rules import draft, write_draft


@pytest.fixture(scope="module")
def world(app_of_module: Flask) -> list[Play]:
    """Two institutions with a final visit: one very good, one refused."""
    good = play_until("final", make_play(), level=3)
    return [good, play_until("final", another_play(good, category="women", name_fr="=Dar", code="T-W"), level=1)]


def run(app: Flask, *arguments: str) -> Result:
    result = app.test_cli_runner().invoke(args=["rules", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_a_jurist_reads_what_a_draft_would_change(world: list[Play], app_of_module: Flask, tmp_path: Path) -> None:
    path = write_draft(tmp_path / "2027-draft.yaml", thresholds={"provisional": "20"}, gates=[])
    said = run(app_of_module, "rescore", "--ruleset", str(path), "--all", "--dry-run", "--list")
    assert said.exit_code == 0, said.output
    assert "Institutions whose level would change: 1 of 2 (50.00 %): 1 up, 0 down" in said.output
    assert "women     1 of 1 (100.00 %): 1 up, 0 down" in said.output
    assert "04 Rabat-Salé-Kénitra  1 of 2" in said.output
    assert "T-W  refused (33.33) → provisional (33.33)" in said.output


def test_machines_read_the_same_as_json_and_csv(world: list[Play], app_of_module: Flask, tmp_path: Path) -> None:
    path = write_draft(tmp_path / "2027-draft.yaml", thresholds={"provisional": "20"}, gates=[])
    given = run(app_of_module, "rescore", "--ruleset", str(path), "--all", "--format", "json").output
    data: dict[str, Any] = json.loads(given)
    assert data["institutions"]["changed"] == 1
    assert data["matrix"][0] == {"from": "refused", "to": "provisional", "institutions": 1}
    assert data["categories"]["women"]["share"] == "100.00"
    table = run(app_of_module, "rescore", "--ruleset", str(path), "--all", "--format", "csv").output
    assert "'=Dar" in table  # no spreadsheet runs the name
    assert ",refused,provisional,33.33,33.33," in table


def test_the_cards_of_the_rules_in_force_come_out_byte_identical(world: list[Play], app_of_module: Flask) -> None:
    said = run(app_of_module, "rescore", "--ruleset", "law-65-15-default@2026-1", "--all")
    assert said.exit_code == 0
    assert "byte-identical again: 2 of 2" in said.output


def test_a_card_that_does_not_come_out_again_ends_with_an_error(world: list[Play], app_of_module: Flask) -> None:
    rows = db.session.execute(select(ScoreCard.__table__).where(ScoreCard.inspection_id == world[0].id)).mappings()
    last = dict(list(rows)[-1])
    with db.session.begin_nested() as undo:
        db.session.execute(insert(ScoreCard), [{**last, "id": None, "sha256": "0" * 64}])
        said = run(app_of_module, "rescore", "--ruleset", "law-65-15-default@2026-1", "--all")
        undo.rollback()
    assert said.exit_code == 1
    assert "the same rule-set gives another card" in said.output


def test_one_institution_or_one_region_can_be_asked_for(world: list[Play], app_of_module: Flask) -> None:
    for reach, institutions in ((("--institution", "T-W"), 1), (("--region", "04"), 2)):
        said = run(app_of_module, "rescore", "--ruleset", "law-65-15-default@2026-1", *reach, "--format", "json")
        assert json.loads(said.output)["institutions"]["institutions"] == institutions
    said = run(app_of_module, "rescore", "--ruleset", "law-65-15-default@2026-1", "--institution", "nobody")
    assert "no institution: nobody" in said.output


def test_rules_that_only_old_visits_know_are_found_on_file(world: list[Play], app_of_module: Flask) -> None:
    row = db.session.execute(select(FrozenVersion.__table__).where(FrozenVersion.kind == "rules")).mappings().first()
    old = draft("2025-9")
    with db.session.begin_nested() as undo:
        db.session.execute(
            insert(FrozenVersion),
            [{**row, "id": None, "version": "2025-9", "sha256": old.sha256, "content": old.as_data()}],  # type: ignore[dict-item]
        )
        said = run(app_of_module, "rescore", "--ruleset", "law-65-15-default@2025-9", "--all")
        undo.rollback()
    assert said.exit_code == 0, said.output
    assert "law-65-15-default 2025-9" in said.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--ruleset", "law-65-15-default@2026-1"), "--all, --region CODE or --institution CODE"),
        (("--ruleset", "law-65-15-default@2026-1", "--all", "--region", "04"), "--all, --region CODE or"),
        (("--ruleset", "law-65-15-default@1999-1", "--all"), "no file and no visit has this rule-set"),
        (("--ruleset", "nowhere.yaml", "--all"), "neither a file nor CODE@VERSION"),
    ],
)
def test_what_cannot_be_done_is_said(app: Flask, arguments: tuple[str, ...], said: str) -> None:
    result = run(app, "rescore", *arguments)
    assert result.exit_code != 0
    assert said in result.output


def test_a_draft_with_a_fault_is_refused_with_its_line(app: Flask, tmp_path: Path) -> None:
    path = write_draft(tmp_path / "2027-draft.yaml", thresholds={"accredited": "5"})
    result = run(app, "rescore", "--ruleset", str(path), "--all")
    assert result.exit_code != 0
    assert "thresholds rise" in result.output


def test_second_cards_are_added_only_under_published_rules(
    world: list[Play], app_of_module: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_draft(tmp_path / "rules.yaml", "2027-1", thresholds={"provisional": "20"}, gates=[])
    arguments = ("rescore", "--ruleset", str(path), "--all", "--apply")
    refused = run(app_of_module, *arguments)
    assert refused.exit_code == 1
    assert "publish it first" in refused.output
    rule_versions.publish(folder=tmp_path)
    monkeypatch.setattr(second_cards, "is_published", partial(rule_versions.is_published, folder=tmp_path))
    said, again = run(app_of_module, *arguments), run(app_of_module, *arguments)
    assert "second cards: 2 added, 0 already there" in said.output
    assert "second cards: 0 added, 2 already there" in again.output
    both = run(app_of_module, *arguments, "--dry-run")
    assert "either --dry-run or --apply" in both.output


def test_all_that_is_not_published_yet_is_published_at_once(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rule_books, "publish", lambda: ["hiqa-2031.yaml"])
    assert run(app, "publish").output == "published: hiqa-2031.yaml\n"
    monkeypatch.setattr(rule_books, "publish", list)
    assert run(app, "publish").output == "published: nothing new\n"
    again = run(app, "publish", "law-65-15-default@2026-1")
    assert again.exit_code == 1
    assert "never changes; make a new version" in again.output
    assert "no file says that it is x@1" in run(app, "publish", "x@1").output


def test_nothing_is_published_beside_a_file_that_changed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rule_versions, "changed_after_publication", lambda: ["law/rules.yaml: changed"])
    said = run(app, "publish")
    assert said.exit_code == 1
    assert "law/rules.yaml: changed" in said.output
