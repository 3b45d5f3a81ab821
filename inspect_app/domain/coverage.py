"""Which criteria rest on which line of a source, and what is still to be confirmed on the Official Bulletin."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from inspect_app.domain.checklists import Checklist
from inspect_app.domain.sources import Source, SourceLine


@dataclass(frozen=True)
class CoveredLine:
    """A line and the codes of the criteria that rest on it, in order of code."""

    line: SourceLine
    criteria: tuple[str, ...]


@dataclass(frozen=True)
class CoveredSource:
    """A source with its lines."""

    source: Source
    lines: tuple[CoveredLine, ...]

    @property
    def covered(self) -> int:
        """How many lines have at least one criterion."""
        return sum(1 for line in self.lines if line.criteria)


def coverage(sources: Iterable[Source], checklists: Iterable[Checklist]) -> tuple[CoveredSource, ...]:
    """Every line of every source with its criteria, over all categories; a line without criteria is shown too."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for checklist in checklists:
        for criterion in checklist:
            for ref in criterion.sources:
                found[ref.source, ref.line].add(criterion.code)
    return tuple(
        CoveredSource(s, tuple(CoveredLine(line, tuple(sorted(found[s.id, line.id]))) for line in s.lines))
        for s in sources
    )
