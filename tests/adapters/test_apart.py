"""Work in a child process: its answer, its faults, its end."""

import os
import signal
import time

import pytest

from inspect_app.adapters import apart
from inspect_app.adapters.pdf import PdfError


def test_the_answer_of_another_process_comes_back_whole():
    pid, data = apart.run(lambda: (os.getpid(), b"x" * 3_000_000), 20)
    assert pid != os.getpid()
    assert len(data) == 3_000_000
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_fault_in_the_child_is_raised_by_its_name_here():
    def work() -> None:
        raise PdfError("a photograph in the storage cannot be decoded")

    with pytest.raises(PdfError, match="cannot be decoded"):
        apart.run(work, 20)


def test_a_child_that_takes_too_long_is_ended():
    begin = time.monotonic()
    with pytest.raises(apart.LostError):
        apart.run(lambda: time.sleep(30), 0.2)
    assert time.monotonic() - begin < 10


def test_a_child_that_the_machine_ends_is_missed():
    with pytest.raises(apart.LostError):
        apart.run(lambda: os.kill(os.getpid(), signal.SIGKILL), 20)


def test_the_child_has_no_files_of_its_parent(tmp_path):
    with (tmp_path / "open").open("w") as file:

        def work() -> bool:
            try:
                os.fstat(file.fileno())
            except OSError:
                return False
            return True

        assert apart.run(work, 20) is False
        os.fstat(file.fileno())
