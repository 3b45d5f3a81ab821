"""Where stored bytes live: a folder, S3 or whatever fsspec reaches (``STORAGE_URL``). A file's name is its SHA-256."""

import hashlib
import os
import uuid
from contextlib import suppress
from typing import Any

import fsspec
from flask import current_app
from fsspec.implementations.local import LocalFileSystem


class MissingFileError(Exception):
    """The database speaks of a file that the storage does not have."""


def storage() -> tuple[Any, str]:
    """The file system, and the folder in it."""
    filesystem, root = fsspec.core.url_to_fs(current_app.config["STORAGE_URL"])
    return filesystem, root.rstrip("/")


def _path(root: str, sha256: str) -> str:
    if len(sha256) != 64 or not all(c in "0123456789abcdef" for c in sha256):
        raise MissingFileError(sha256)
    return f"{root}/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def put(data: bytes) -> str:
    """Keep the bytes; their SHA-256 (hex). The same bytes twice are one file. On return they are on the disk.

    In a folder they are written beside and moved, so that a power cut leaves no half file under a true name; object
    stores put whole or not at all.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    with suppress(MissingFileError):
        get(sha256)
        return sha256
    filesystem, root = storage()
    path = _path(root, sha256)
    filesystem.makedirs(path.rsplit("/", 1)[0], exist_ok=True)
    if isinstance(filesystem, LocalFileSystem):
        write_through(path, data)
    else:
        filesystem.pipe_file(path, data)
    return sha256


def write_through(path: str, data: bytes) -> None:
    """Write a file of a folder of this machine: after it returns it is on the disk whole, before it is not there."""
    beside = f"{path}.{uuid.uuid4().hex}"
    with open(beside, "xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path)


def get(sha256: str) -> bytes:
    """The bytes again. Raises MissingFileError where the storage has none, or others than their name says."""
    filesystem, root = storage()
    try:
        data: bytes = filesystem.cat_file(_path(root, sha256))
    except FileNotFoundError:
        raise MissingFileError(sha256) from None
    if hashlib.sha256(data).hexdigest() != sha256:
        raise MissingFileError(sha256)
    return data


def remove(sha256: str) -> None:
    """The bytes are gone for good. Nothing happens where there are none. Raises OSError."""
    filesystem, root = storage()
    with suppress(FileNotFoundError):
        filesystem.rm_file(_path(root, sha256))


def writable() -> bool:
    """Whether the storage takes a file now (for ``/healthz``)."""
    filesystem, root = storage()
    probe = f"{root}/probe-{uuid.uuid4().hex}"
    try:
        filesystem.makedirs(root, exist_ok=True)
        filesystem.pipe_file(probe, b"probe")
        filesystem.rm_file(probe)
    except OSError:
        return False
    return True
