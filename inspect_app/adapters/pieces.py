"""Files that are still on their way: pieces beside the storage, each under the place where it begins.

A piece is written whole or not at all; the same piece again is the same file. Nothing here says that a file is right:
whoever puts it together compares its hash.
"""

from contextlib import suppress
from datetime import datetime

from fsspec.implementations.local import LocalFileSystem

from inspect_app.adapters import files

_FOLDER = "pieces"


def keep(owner: str, name: str, offset: int, data: bytes) -> None:
    """Keep a piece of ``owner``'s file ``name`` that begins at byte ``offset``. On return it is on the disk."""
    filesystem, root = files.storage()
    folder = f"{root}/{_FOLDER}/{owner}/{name}"
    filesystem.makedirs(folder, exist_ok=True)
    path = f"{folder}/{offset:010}-{len(data)}"
    if isinstance(filesystem, LocalFileSystem):
        files.write_through(path, data)
    else:
        filesystem.pipe_file(path, data)


def length(owner: str, name: str) -> int:
    """How many bytes are here without a gap from the beginning."""
    return sum(size for _path, size in _in_order(owner, name))


def whole(owner: str, name: str) -> bytes:
    """What is here without a gap from the beginning."""
    filesystem, _root = files.storage()
    return b"".join(filesystem.cat_file(path) for path, _size in _in_order(owner, name))


def remove(owner: str, name: str) -> None:
    """The pieces are not needed any more. Nothing happens where there are none. Raises OSError."""
    filesystem, root = files.storage()
    with suppress(FileNotFoundError):
        filesystem.rm(f"{root}/{_FOLDER}/{owner}/{name}", recursive=True)


def newest_first(owner: str) -> list[str]:
    """The names of an owner's files on their way, the one that grew last before the others."""
    return [name for _when, name in sorted(_grown(owner), reverse=True)]


def forget(before: datetime) -> int:
    """Remove what has not grown since; how many files that were."""
    _filesystem, root = files.storage()
    owners = [path.rsplit("/", 1)[-1] for path in _listed(f"{root}/{_FOLDER}")]
    old = [(owner, name) for owner in owners for when, name in _grown(owner) if when < before]
    for owner, name in old:
        with suppress(OSError):
            remove(owner, name)
    return len(old)


def _in_order(owner: str, name: str) -> list[tuple[str, int]]:
    """Path and size of the pieces that follow each other from byte 0; what overlaps or lies behind a gap is left out."""
    _filesystem, root = files.storage()
    there: dict[int, tuple[int, str]] = {}
    for path in _listed(f"{root}/{_FOLDER}/{owner}/{name}"):
        begin, _, size = path.rsplit("/", 1)[-1].partition("-")
        if begin.isdigit() and size.isdigit():
            there[int(begin)] = max(there.get(int(begin), (0, "")), (int(size), path))
    found, place = [], 0
    while place in there and there[place][0] > 0:
        size_here, path = there[place]
        found.append((path, size_here))
        place += size_here
    return found


def _grown(owner: str) -> list[tuple[datetime, str]]:
    """When each file of an owner grew last, and its name."""
    filesystem, root = files.storage()
    found = []
    for folder in _listed(f"{root}/{_FOLDER}/{owner}"):
        with suppress(FileNotFoundError):  # put together at this moment
            times = [filesystem.modified(path) for path in _listed(folder)]
            if times:
                found.append((max(times), folder.rsplit("/", 1)[-1]))
    return found


def _listed(folder: str) -> list[str]:
    filesystem, _root = files.storage()
    filesystem.invalidate_cache(folder)
    try:
        paths: list[str] = filesystem.ls(folder, detail=False)
    except FileNotFoundError:
        return []
    return [path.rstrip("/") for path in paths]
