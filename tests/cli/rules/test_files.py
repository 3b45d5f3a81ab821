"""``flask rules``: a jurist checks, lists and explains rule-sets, and runs published cases through them."""

import json
from pathlib import Path

from flask import Flask

from inspect_app.config import ROOT

VECTORS = ROOT / "tests" / "vectors" / "regulators.json"


def test_check_finds_no_fault_in_what_is_published(app: Flask) -> None:
    done = app.test_cli_runner().invoke(args=["rules", "check"])
    assert done.exit_code == 0, done.output
    assert done.output.endswith("no fault\n")


def test_check_of_a_faulty_file_names_the_line_and_fails(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "trial.yaml"
    file.write_text("code: x\nversion: '1'\nscales: []\n", encoding="utf-8")
    done = app.test_cli_runner().invoke(args=["rules", "check", str(file)])
    assert done.exit_code == 1
    assert "trial.yaml:1:" in done.output
    assert "programs" in done.output


def test_a_draft_of_the_rules_of_visits_is_checked_in_its_own_form(app: Flask, tmp_path: Path) -> None:
    runner, file = app.test_cli_runner(), tmp_path / "2027-1.yaml"
    rules = (ROOT / "checklists" / "law-65-15" / "rules.yaml").read_text(encoding="utf-8")
    file.write_text(rules, encoding="utf-8")
    assert runner.invoke(args=["rules", "check", str(file)]).output == "1 rule-set, 1 program: no fault\n"
    for was, now, said in (
        ('codes: ["BLD-01"', 'codes: ["BLD-1"', "the checklist has no criterion «BLD-1»"),
        ('domain: {code: "PRO"', 'domain: {code: "PRT"', "the checklist has no domain «PRT»"),
        ("PRO: 3,", "PRT: 3,", "no weight for the domain «PRO»"),
        ('fact: "not-authorised"', 'fact: "unauthorised"', "no fact «unauthorised»; known: not-authorised"),
    ):
        assert was in rules
        file.write_text(rules.replace(was, now, 1), encoding="utf-8")
        done = runner.invoke(args=["rules", "check", str(file)])
        assert (done.exit_code, said in done.output) == (1, True), done.output
        line = rules[: rules.index(was)].count("\n") + 1
        assert f"2027-1.yaml:{line}:" in done.output


def test_one_faulty_file_does_not_hide_the_faults_of_the_next(app: Flask, tmp_path: Path) -> None:
    tab, bytes_ = tmp_path / "tab.yaml", tmp_path / "bytes.yaml"
    tab.write_text("code: x\n\tversion: '1'\n", encoding="utf-8")
    bytes_.write_bytes(b"code: x\ntitle: \xe9t\xe9\n")
    output = app.test_cli_runner().invoke(args=["rules", "check", str(tab), str(bytes_)]).output
    assert "tab.yaml:2: this line begins with a tab: YAML wants spaces" in output
    assert "bytes.yaml:2: not UTF-8" in output


def test_list_names_every_rule_set_with_its_version(app: Flask) -> None:
    output = app.test_cli_runner().invoke(args=["rules", "list", "--language", "en"]).output
    assert "law-65-15-default@2026-1" in output
    assert "has@2023-24" in output
    assert "has@2024-12" in output


def test_verify_counts_what_passed_on_its_last_line(app: Flask) -> None:
    done = app.test_cli_runner().invoke(args=["rules", "verify", str(VECTORS)])
    cases = json.loads(VECTORS.read_text(encoding="utf-8"))["cases"]
    assert done.exit_code == 0
    assert done.output.splitlines() == [f"{len(cases)} passed, 0 failed"]


def test_verify_prints_each_failing_case_with_expected_and_got(app: Flask, tmp_path: Path) -> None:
    cases = [
        {"id": "A-1", "framework": "HAS criterion", "input": [4, 4, 4, 3], "expected": 3.76},
        {"id": "A-2", "framework": "HAS criterion", "input": [9], "expected": 3},
        {"id": "A-3", "framework": "Nobody's rule", "input": [], "expected": 3},
        {"id": "A-4", "framework": "HAS criterion", "input": [2, 3, 3], "expected": 2.67},
    ]
    file = tmp_path / "cases.json"
    file.write_text(json.dumps({"cases": cases}), encoding="utf-8")
    done = app.test_cli_runner().invoke(args=["rules", "verify", str(file)])
    assert done.exit_code == 1
    *told, frameworks, last = done.output.splitlines()
    assert told == [
        'A-1: expected 3.76, got "3.75"',
        "A-2: expected 3, elements.1: one of 1, 2, 3, 4, not 9",
        "A-3: expected 3, no rule-set for «Nobody's rule»",
    ]
    assert frameworks.startswith("the frameworks are: ACECQA")
    assert "HAS criterion, HAS imperative" in frameworks
    assert last == "1 passed, 3 failed"


def test_verify_of_something_else_says_so(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "cases.json"
    file.write_text("[]", encoding="utf-8")
    done = app.test_cli_runner().invoke(args=["rules", "verify", str(file)])
    assert done.exit_code == 1
    assert "not a file of cases" in done.output


def test_explain_tells_what_is_asked_and_how_the_result_came_about(app: Flask) -> None:
    runner = app.test_cli_runner()
    asked = runner.invoke(args=["rules", "explain", "cqc/overall", "--language", "en"]).output
    assert "kq: grade (I, RI, G, O), several" in asked
    assert "      at most “Requires improvement”: “Breach of regulation”" in asked
    french = runner.invoke(args=["rules", "explain", "cqc/overall"]).output
    assert "kq : échelon (I, RI, G, O), plusieurs – Questions clés" in french
    told = runner.invoke(args=["rules", "explain", "cqc/key-question", "[4,4,4,2]", "--language", "en"]).output
    assert "“Outstanding” becomes “Good”" in told
    assert "at least one statement at 1 or 2 (no. 4)" in told
    assert "    ← no. 1, 2, 3, 4\n" in told
    assert told.endswith('= "G"\n')
    older = runner.invoke(args=["rules", "explain", "has@2023-24/criterion", "[4,3]", "--json"]).output
    assert json.loads(older)["answer"] == ["4"]


def test_explain_refuses_what_it_does_not_know(app: Flask) -> None:
    runner = app.test_cli_runner()
    assert "no rule-set nobody" in runner.invoke(args=["rules", "explain", "nobody/x"]).output
    assert "one of: cqc/quality-statement" in runner.invoke(args=["rules", "explain", "cqc"]).output
    assert "on the page /standards/rules" in runner.invoke(args=["rules", "explain", "law-65-15-default"]).output
    assert "are not JSON, such as" in runner.invoke(args=["rules", "explain", "cqc/key-question", "[4,"]).output
    named = runner.invoke(args=["rules", "explain", "cqc/overall", '["G"]']).output
    assert 'inputs by name, not a list. The inputs are: {"kq": […], "breach": …}' in named
    assert "not 9" in runner.invoke(args=["rules", "explain", "cqc/key-question", "[9]"]).output
