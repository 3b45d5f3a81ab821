"""The table of effort: a proposal that says that it is one, whole, and refused with its line where it is not."""

from pathlib import Path

import pytest

from inspect_app.adapters.checklist_files import load_checklist
from inspect_app.adapters.effort_files import load_effort
from inspect_app.adapters.rule_files import FOLDER
from inspect_app.adapters.yaml_files import FaultyFilesError

TEXT = (FOLDER / "effort.yaml").read_text(encoding="utf-8")


def test_every_criterion_of_every_category_has_an_effort_and_the_table_says_that_it_is_a_proposal() -> None:
    table = load_effort()
    for category in ("children", "schoolchildren", "women", "elderly", "disability", "homeless", "beggars"):
        checklist = load_checklist(category=category)
        assert set(table.steps(checklist)) == {criterion.code for criterion in checklist}
    assert 'status: "policy"' in TEXT
    assert table.support["works"] > table.support["procedures"]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("  works: 8\n", "", "no number for: works"),
        ("  works: 8", "  works: 0", "works"),
        ("  works: 8", "  works: 8.5", "works"),
        ("  works: 8", "  prayer: 8", "prayer"),
        ('status: "policy"', 'status: "law"', "status"),
    ],
)
def test_a_table_with_a_fault_is_refused_and_the_fault_named(
    tmp_path: Path, before: str, after: str, said: str
) -> None:
    folder = tmp_path / "law"
    folder.mkdir()
    (folder / "effort.yaml").write_text(TEXT.replace(before, after), encoding="utf-8")
    with pytest.raises(FaultyFilesError, match=said):
        load_effort(folder / "effort.yaml")
