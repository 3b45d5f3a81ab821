"""Rule-set files of either form, checked: which form a file has, its shape, and names that mean nothing to the checklist."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from inspect_app.adapters import rule_books
from inspect_app.adapters.checklist_files import load_framework
from inspect_app.adapters.rule_files import load_rules
from inspect_app.adapters.yaml_files import Document, FaultyFilesError, read
from inspect_app.domain.scoring import RuleSet
from inspect_app.domain.scoring.program import RuleBook
from inspect_app.domain.scoring.program.checklist_form import FLAGS

#: What only the form of a checklist has.
_OF_VISITS = frozenset({"levels", "gates", "severities"})


def check_file(path: Path) -> RuleSet | RuleBook:
    """The rule-set of a file, whichever form it has. Raises FaultyFilesError with every fault and its line."""
    path = path.resolve()
    document = read(path, path.parent.parent)
    if not isinstance(document.data, Mapping) or not _OF_VISITS & document.data.keys():
        return rule_books.load_rule_book(path)
    rules = load_rules(path)
    faults = [document.fault(place, said) for place, said in _unknown(document)]
    if faults:
        raise FaultyFilesError(faults)
    return rules


def _unknown(document: Document) -> Iterator[tuple[list[Any], str]]:
    """Domains, criteria and facts that the newest checklist does not have: such a rule would never apply, in silence."""
    framework = load_framework()
    domains = {d["code"] for d in framework.data["domains"]}
    codes = {c["code"] for _, content in framework.files for s in content["standards"] for c in s["criteria"]}
    weights = document.data["score"]["domain_weights"]
    for code in weights.keys() - domains:
        yield ["score", "domain_weights", code], f"the checklist has no domain «{code}»"
    for code in sorted(domains - weights.keys()):
        yield ["score", "domain_weights"], f"no weight for the domain «{code}»; 0 where it shall not count"
    for i, gate in enumerate(document.data["gates"]):
        when, path = gate["when"], ["gates", i, "when"]
        answers = when.get("answers", {})
        for code in answers.get("codes", ()):
            if code not in codes:
                yield [*path, "answers", "codes"], f"the checklist has no criterion «{code}»"
        for kind, code in (("answers", answers.get("domain")), ("domain", when.get("domain", {}).get("code"))):
            if code is not None and code not in domains:
                yield [*path, kind], f"the checklist has no domain «{code}»"
        if when.get("fact") not in (None, *FLAGS):
            yield [*path, "fact"], f"no fact «{when['fact']}»; known: {', '.join(FLAGS)}"
