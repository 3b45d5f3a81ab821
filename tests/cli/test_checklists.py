"""``flask checklists`` as a jurist uses it."""

from pathlib import Path

import pytest
import yaml
from flask import Flask

from inspect_app.cli import checklists


def test_a_jurist_checks_the_files_and_is_told_that_there_is_no_fault(app: Flask) -> None:
    answer = app.test_cli_runner().invoke(args=["checklists", "check"])
    assert answer.exit_code == 0, answer.output
    assert "7 checklists: no fault" in answer.output


def test_a_jurist_lists_the_checklists_with_their_critical_criteria(app: Flask) -> None:
    answer = app.test_cli_runner().invoke(args=["checklists", "list", "--language", "ar"])
    assert "2026-1/children" in answer.output
    assert "دار الطالب" in answer.output


def test_a_jurist_reads_one_criterion_with_its_sources_and_unknown_norms(app: Flask) -> None:
    answer = app.test_cli_runner().invoke(args=["checklists", "show", "BLD-10", "--language", "fr"])
    assert "norm not known" in answer.output
    assert "(trace)" in answer.output


def test_an_unknown_code_is_said_to_be_unknown(app: Flask) -> None:
    answer = app.test_cli_runner().invoke(args=["checklists", "show", "XYZ-99"])
    assert answer.exit_code != 0
    assert "no criterion XYZ-99" in answer.output


def test_two_checklists_are_compared_criterion_by_criterion(app: Flask) -> None:
    runner = app.test_cli_runner()
    answer = runner.invoke(args=["checklists", "diff", "2026-1/homeless", "2026-1/beggars"])
    assert answer.exit_code == 1
    assert "- HOM-PRO-01" in answer.output
    assert "+ BEG-PRO-01" in answer.output
    assert runner.invoke(args=["checklists", "diff", "2026-1/women", "2026-1/women"]).exit_code == 0
    assert "write version/category" in runner.invoke(args=["checklists", "diff", "2026-1", "2026-1"]).output


def test_the_page_on_the_law_is_up_to_date(app: Flask) -> None:
    answer = app.test_cli_runner().invoke(args=["checklists", "law", "--check"])
    assert answer.exit_code == 0, answer.output


def test_a_published_version_may_not_change(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = tmp_path / "published.yaml"
    monkeypatch.setattr(checklists, "_LOCK", lock)
    runner = app.test_cli_runner()
    assert runner.invoke(args=["checklists", "publish", "2026-1"]).exit_code == 0
    assert "never changes" in runner.invoke(args=["checklists", "publish", "2026-1"]).output
    published = yaml.safe_load(lock.read_text(encoding="utf-8"))
    published["2026-1"]["common/gov.yaml"] = "0" * 64
    lock.write_text(yaml.safe_dump(published), encoding="utf-8")
    assert checklists._changed_after_publication(lock) == [
        "law-65-15/2026-1/common/gov.yaml: changed after publication"
    ]
