"""Stored bytes are found again by their hash, and a damaged file is not given out."""

from pathlib import Path

import pytest
from flask import Flask

from inspect_app.adapters import files


@pytest.fixture
def folder(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty storage."""
    monkeypatch.setitem(app.config, "STORAGE_URL", (tmp_path / "files").as_uri())
    return tmp_path / "files"


def test_bytes_come_back_and_the_same_bytes_are_one_file(folder: Path) -> None:
    assert files.put(b"picture") == files.put(b"picture")
    assert files.get(files.put(b"picture")) == b"picture"
    assert len([p for p in folder.rglob("*") if p.is_file()]) == 1


def test_a_damaged_file_is_not_given_out(folder: Path) -> None:
    sha256 = files.put(b"picture")
    next(p for p in folder.rglob(sha256)).write_bytes(b"another")
    with pytest.raises(files.MissingFileError):
        files.get(sha256)
    assert files.get(files.put(b"picture")) == b"picture"


@pytest.mark.parametrize("name", ["", "..", "../" * 21 + "x", "A" * 64, "0" * 64])
def test_a_name_that_is_no_hash_opens_nothing(folder: Path, name: str) -> None:
    with pytest.raises(files.MissingFileError):
        files.get(name)


def test_the_storage_says_whether_it_can_be_written(app: Flask, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert files.writable()
    assert not [p for p in folder.rglob("*") if p.is_file()]
    folder.with_name("wall").write_text("a file, no folder")
    monkeypatch.setitem(app.config, "STORAGE_URL", (folder.with_name("wall") / "inside").as_uri())
    assert not files.writable()


def test_any_storage_that_fsspec_reaches_will_do(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "STORAGE_URL", "memory://evidence")
    assert files.get(files.put(b"picture")) == b"picture"
    assert files.writable()
