"""What is written about settings is what the program reads."""

import re

from inspect_app.config import ROOT


def test_every_setting_is_described_to_who_operates_the_server() -> None:
    described = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    code = (ROOT / "inspect_app" / "config.py").read_text(encoding="utf-8")
    code += (ROOT / "bin" / "gunicorn.conf.py").read_text(encoding="utf-8")
    names = set(re.findall(r"env\(\"([A-Z_]+)\"|environ\.get\(['\"]([A-Z_]+)['\"]", code))
    found = {a or b for a, b in names}
    assert len(found) > 15
    assert {name for name in found if f"`{name}`" not in described} == set()


def test_the_readme_names_the_commands_that_exist() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^make ([a-z-]+)", readme, re.MULTILINE):
        assert f"\n{target}:" in makefile


def test_everything_others_lost_data_by_has_a_test_that_exists_or_a_reason() -> None:
    page = (ROOT / "docs" / "offline.md").read_text(encoding="utf-8")
    table = page[page.index("## What others lost data by") :]
    rows = {int(number): text for number, text in re.findall(r"^\| (\d+) \|(.*)$", table, re.MULTILINE)}
    assert set(rows) == set(range(21, 44))
    python = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    typescript = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "frontend").rglob("*.test.ts"))
    for number, text in rows.items():
        named = re.findall(r"`(test_\w+)`", text)
        said = re.findall(r"«([^»]+)»", text)
        assert named or said, f"{number} has no test"
        assert [name for name in named if f"def {name}" not in python] == [], number
        assert [words for words in said if f'test("{words}' not in typescript] == [], number
