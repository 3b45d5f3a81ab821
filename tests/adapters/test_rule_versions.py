"""Versions of the rules as files: found by what they say they are, published once, never changed after."""

from pathlib import Path

import pytest

from inspect_app.adapters import rule_versions
from inspect_app.adapters.rule_files import FOLDER
from tests.factories.rules import draft, write_draft


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the rules in force, and a draft beside them."""
    home = tmp_path / "law"
    (home / "rules").mkdir(parents=True)
    (home / "rules.yaml").write_bytes((FOLDER / "rules.yaml").read_bytes())
    write_draft(home / "rules" / "2027-draft.yaml", thresholds={"accredited": "75"})
    return home


def test_the_rules_in_force_are_published_and_unchanged() -> None:
    assert "law-65-15-default@2026-1" in rule_versions.published()
    assert rule_versions.changed_after_publication() == []


def test_a_version_is_found_by_what_its_file_says(folder: Path) -> None:
    assert rule_versions.find("law-65-15-default@2027-draft", folder).version == "2027-draft"
    with pytest.raises(rule_versions.UnknownRulesError):
        rule_versions.find("law-65-15-default@2031-1", folder)


def test_a_published_rule_set_may_move_but_not_change(folder: Path) -> None:
    file = rule_versions.publish("", folder)
    assert file.name == "law-65-15-default@2026-1"
    old = folder / "rules" / "2026-1.yaml"
    file.path.rename(old)
    (folder / "rules" / "2027-draft.yaml").rename(folder / "rules.yaml")
    assert rule_versions.changed_after_publication(folder) == []
    old.write_text(old.read_text(encoding="utf-8").replace("PRO: 3", "PRO: 4"), encoding="utf-8")
    assert ["changed after publication" in said for said in rule_versions.changed_after_publication(folder)] == [True]
    old.unlink()
    assert "missing" in rule_versions.changed_after_publication(folder)[0]


def test_a_second_text_of_a_published_version_is_refused(folder: Path) -> None:
    rule_versions.publish("", folder)
    write_draft(folder / "rules" / "sly.yaml", version="2026-1", thresholds={"accredited": "60"})
    assert len(rule_versions.changed_after_publication(folder)) == 1
    with pytest.raises(rule_versions.PublishedError, match="two files"):
        rule_versions.publish("law-65-15-default@2026-1", folder)


def test_nothing_is_published_twice(folder: Path) -> None:
    rule_versions.publish("law-65-15-default@2027-draft", folder)
    with pytest.raises(rule_versions.PublishedError, match="never changes"):
        rule_versions.publish("law-65-15-default@2027-draft", folder)


def test_a_rule_set_is_published_only_word_for_word(folder: Path) -> None:
    rule_versions.publish("law-65-15-default@2027-draft", folder)
    assert rule_versions.is_published(draft(thresholds={"accredited": "75"}), folder)
    assert not rule_versions.is_published(draft(thresholds={"accredited": "76"}), folder)


def test_a_file_that_is_no_rule_set_is_said_to_be_none(folder: Path) -> None:
    (folder / "rules" / "notes.yaml").write_text("- a list\n", encoding="utf-8")
    with pytest.raises(rule_versions.FaultyFilesError, match="code and version"):
        rule_versions.rule_files(folder)
