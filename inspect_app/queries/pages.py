"""One page of a long list."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")

#: Rows of a list on one page.
SIZE = 25


@dataclass(frozen=True)
class Page(Generic[Item]):
    """Some rows of a list. ``number`` counts from 1 and never passes ``pages``; ``total`` counts all rows."""

    items: Sequence[Item]
    number: int
    pages: int
    total: int

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    @property
    def has_previous(self) -> bool:
        """Whether there is a page before this one."""
        return self.number > 1

    @property
    def has_next(self) -> bool:
        """Whether there is a page after this one."""
        return self.number < self.pages


def bounds(total: int, number: int, size: int = SIZE) -> tuple[int, int, int]:
    """Page number kept between first and last, number of pages, and offset of the page's first row."""
    pages = max(1, -(-total // size))
    kept = min(max(1, number), pages)
    return kept, pages, (kept - 1) * size
