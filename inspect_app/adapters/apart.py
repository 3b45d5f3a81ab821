"""A large piece of work in a child process that ends with it, so that its memory goes back to the machine.

The child is a fork: everything that is loaded is there at once. It must only compute: it has no files or connections
(they are closed without a word to the other side), and it may not wait for a lock that another thread held.
"""

import gc
import os
import pickle
import select
import signal
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import Any, TypeVar

Result = TypeVar("Result")
#: No process of ours opens more.
_MOST_FILES = 65_536


class LostError(Exception):
    """The child ended, or was ended, before it had an answer."""


def run(work: Callable[[], Result], patience: float) -> Result:
    """What ``work`` returns; an exception it raises is raised here. Raises LostError after ``patience`` seconds."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        _child(work, writing)
    os.close(writing)
    try:
        answer = _read(reading, monotonic() + patience)
    finally:
        os.close(reading)
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)  # it has answered, or never will
        with suppress(ChildProcessError):  # a server that looks after its own children was quicker
            os.waitpid(pid, 0)
    if not answer:
        raise LostError
    done, value = pickle.loads(answer)  # noqa: S301  # written by our own child
    if not done:
        raise value
    result: Result = value
    return result


def _child(work: Callable[[], Any], writing: int) -> None:
    code = 1
    try:
        # nothing of the parent's may be cleaned up here: no connection said goodbye to, no row undone
        gc.disable()
        signal.set_wakeup_fd(-1)  # after a fork this thread is the main one
        for name in (signal.SIGTERM, signal.SIGQUIT, signal.SIGABRT):
            signal.signal(name, signal.SIG_DFL)
        os.closerange(3, writing)
        os.closerange(writing + 1, _MOST_FILES)
        try:
            answer = pickle.dumps((True, work()))
        except Exception as error:
            answer = pickle.dumps((False, error))
        with os.fdopen(writing, "wb") as out:
            out.write(answer)
        code = 0
    finally:
        os._exit(code)


def _read(reading: int, until: float) -> bytes:
    """All bytes until the other end is closed; nothing where that takes too long."""
    parts: list[bytes] = []
    waiting = select.poll()
    waiting.register(reading)
    while (left := until - monotonic()) > 0:
        if waiting.poll(1000 * left):
            part = os.read(reading, 1 << 20)
            if not part:
                return b"".join(parts)
            parts.append(part)
    return b""
