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
