"""Which mutants survived the tests, and is each of them on the list, with a reason? Read by ``bin/mutation`` in its copy.

The list (``survivors.yaml``) names a mutant by its function and its change, so that it stays true when lines move; an
entry without a change stands for all of a part whose only effect is speed.
The last line says how many were killed; exit code 1 under ninety percent, or for a survivor that is not listed.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import yaml

FAILED = {1, 3, 37}  # a test failed
KILLED = FAILED | {36, -24, 24, 152, 255, -9, -11}  # or the tests came to no end
UNTESTED = {5, 33}
GOAL = 90


def results(copy: Path) -> dict[str, int]:
    """Exit code of the tests for each mutant that was tried."""
    found: dict[str, int] = {}
    for meta in sorted(copy.rglob("*.meta")):
        codes: dict[str, int | None] = json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"]
        found |= {name: code for name, code in codes.items() if code is not None}
    return found


def forget(copy: Path) -> None:
    """What survived, or was stopped by the clock, is tried again: the tests may have become better."""
    for meta in copy.rglob("*.meta"):
        data = json.loads(meta.read_text(encoding="utf-8"))
        codes = data["exit_code_by_key"]
        data["exit_code_by_key"] = {name: code if code in FAILED else None for name, code in codes.items()}
        meta.write_text(json.dumps(data, indent=4), encoding="utf-8")


def function(mutant: str) -> str:
    """``package.module.Class.function`` of a mutant's name."""
    module, _, name = mutant.rpartition(".")
    plain = re.sub(r"__mutmut_\d+$", "", name)
    return f"{module}.{'.'.join(plain.split('ǁ')[1:]) if 'ǁ' in plain else plain.removeprefix('x_')}"


def change(mutant: str) -> tuple[str, str]:
    """The lines that were, and what they became."""
    from mutmut.mutation.diff_apply import get_diff_for_mutant

    module = Path(*mutant.rpartition(".")[0].split("."))
    path = module / "__init__.py" if module.is_dir() else module.with_suffix(".py")
    diff = get_diff_for_mutant(mutant, path=path).splitlines()[2:]
    return tuple("\n".join(row[1:].strip() for row in diff if row.startswith(sign)) for sign in "-+")  # type: ignore[return-value]


def survivors(tried: dict[str, int]) -> Iterator[dict[str, Any]]:
    """The mutants that no test noticed."""
    for name, code in tried.items():
        if code not in KILLED:
            was, now = change(name)
            yield {"mutant": name, "in": function(name), "was": was, "now": now, "code": code}


def main(listed: Path) -> int:
    """Print what survived without a reason, the figures by module, and the score."""
    tried = results(Path("mutants"))
    rows = yaml.safe_load(listed.read_text(encoding="utf-8")) or [] if listed.exists() else []
    known = {(row["in"], row["was"], row["now"]) for row in rows if "was" in row}
    parts = [row["in"] for row in rows if "was" not in row]
    left = list(survivors(tried))
    Path("survivors.json").write_text(json.dumps(left, ensure_ascii=False, indent=1), encoding="utf-8")
    unlisted = [
        row
        for row in left
        if (row["in"], row["was"], row["now"]) not in known and not any(fnmatch(row["in"], part) for part in parts)
    ]
    for row in unlisted:
        note = " (no test reaches it)" if row["code"] in UNTESTED else ""
        print(f"{row['mutant']}{note}\n  - {row['was']}\n  + {row['now']}")
    module = {name: name.rpartition(".")[0].removeprefix("inspect_app.domain.") for name in tried}
    total, alive = Counter(module.values()), Counter(module[row["mutant"]] for row in left)
    for name, count in total.items():
        print(f"{name:<32}{count - alive[name]:>6} of {count:>5} killed")
    killed = len(tried) - len(left)
    share = 1000 * killed // max(1, len(tried))
    print(f"survivors without a reason: {len(unlisted)}")
    print(f"mutation score: {share // 10}.{share % 10} % ({killed} of {len(tried)} killed; goal {GOAL} %)")
    return 0 if share >= 10 * GOAL and not unlisted else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])) if len(sys.argv) > 1 else forget(Path("mutants")))
