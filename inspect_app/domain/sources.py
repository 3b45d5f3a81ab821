"""Where a criterion comes from, and how far that text was read. Honesty of sources is a feature."""

from dataclasses import dataclass

from inspect_app.domain.texts import Text


@dataclass(frozen=True)
class SourceLine:
    """An article, a paragraph, a finding. ``confirm``: still to be confirmed on the Official Bulletin."""

    source: str
    id: str
    title: Text
    status: str  # seen | second-hand | audit-pattern | benchmark | programme | trace | to-verify | unknown
    confirm: bool


@dataclass(frozen=True)
class Source:
    """A text or other source."""

    id: str
    kind: str  # law | order | draft | audit | form | benchmark | programme | trace | risk
    title: Text
    date: str | None
    bulletin: str | None
    consulted: Text
    url: str | None
    status: str
    lines: tuple[SourceLine, ...]


@dataclass(frozen=True)
class OpenQuestion:
    """Something that only the Official Bulletin can close."""

    id: str
    text: Text
