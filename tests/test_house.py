"""Order in the house: what grows, what must never be kept, what must not leave the machine on which it was written."""

import ast
import re
import subprocess
from pathlib import Path

from inspect_app.config import ROOT
from inspect_app.models import db

#: Longer files are lists (catalogs, locks, fonts) or data.
_SOURCES = (".py", ".ts", ".html", ".scss", ".css", ".sh", ".md", ".yaml", ".toml", ".cfg")
#: What would tell one child from another. A resident is never a row of ours.
_IDENTITY = re.compile(
    r"child|resident|beneficiar|pupil|minor|birth|cin\b|national_id|massar|guardian|father|mother|fingerprint|diagnos"
)
#: Tables of people who work, and the columns of theirs that may carry a name.
_PEOPLE = {
    "users.name",
    "users.name_ar",
    "institutions.name_ar",
    "institutions.name_fr",
    "institutions.director_name",
    "signatures.signer_name",
}


def kept_files() -> list[Path]:
    """The files of the repository."""
    out = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in out.decode().split("\0") if name and (ROOT / name).is_file()]


def sources() -> list[Path]:
    return [p for p in kept_files() if p.suffix in _SOURCES and p.name != "package-lock.json"]


def lines(path: Path) -> int:
    return path.read_text(encoding="utf-8").count("\n")


def test_no_program_file_grows_for_ever(capsys) -> None:  # type: ignore[no-untyped-def]
    longest = sorted(((lines(p), p.relative_to(ROOT)) for p in sources()), reverse=True)
    with capsys.disabled():
        print("\nthe ten longest files:", *(f"{n:5} {p}" for n, p in longest[:10]), sep="\n  ")
    program = [(n, p) for n, p in longest if p.suffix in (".py", ".ts") and p.parts[0] != "migrations"]
    assert program[0][0] <= 400, f"make a folder of {program[0][1]}"


def test_no_column_could_carry_the_identity_of_a_child() -> None:
    columns = {f"{table.name}.{column.name}" for table in db.metadata.tables.values() for column in table.columns}
    assert not {name for name in columns if _IDENTITY.search(name.split(".")[1])}
    named = {name for name in columns if re.search(r"(^|_)name(_|$)", name.split(".")[1])}
    assert named - _PEOPLE <= {n for n in named if n.split(".")[0] in ("roles", "regions", "provinces")}


def test_nothing_of_the_machine_it_was_written_on_is_kept() -> None:
    places = [
        r"/wo" + r"rk/",
        r"/ro" + r"ot/",
        r"/ho" + r"me/(?!miyar)\w",
        r"/tmp/in" + r"st-",
        r"resolved\": \"http://",
    ]
    hosts = [r"https?://(?:\d+\.){3}\d+(?::\d+)?/(?:simple|npm|pypi)", r"index-url\s*=", r"^registry\s*=\s*http"]
    pattern = re.compile("|".join(places + hosts), re.M)
    found = []
    for path in kept_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if match := pattern.search(text):
            found.append(f"{path.relative_to(ROOT)}: {match[0]}")
    assert not found, "\n".join(found)


def test_locked_packages_come_from_the_public_registry() -> None:
    urls = re.findall(r'"resolved": "(https?://[^/"]+)', (ROOT / "package-lock.json").read_text())
    assert set(urls) <= {"https://registry.npmjs.org"}


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in sources()
        if path.suffix == ".py" and path.read_text().strip() and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert not silent, "\n".join(silent)
