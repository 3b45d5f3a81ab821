"""A real server as ``bin/run`` starts it, and a browser that speaks HTTP/1.1 over one kept-open connection."""

import contextlib
import gzip
import http.client
import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from inspect_app.config import ROOT

GUNICORN = (sys.executable, "-m", "gunicorn", "--config", "bin/gunicorn.conf.py", "inspect_app:create_app()")
RUN = ("bin/run",)
PATIENCE = 120  # seconds until a server that does not answer counts as broken


class Server:
    """Gunicorn with the settings of ``bin/gunicorn.conf.py`` on a free port."""

    def __init__(self, environment: dict[str, str], command: tuple[str, ...] = GUNICORN) -> None:
        self.environment = environment
        self.command = command
        self.port = 0
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Start and wait for the first answer; how long that took, in seconds."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        begin = time.perf_counter()
        self.process = subprocess.Popen(
            self.command,
            cwd=ROOT,
            env={**self.environment, "PORT": str(self.port)},
            stdout=subprocess.DEVNULL,
        )
        while time.perf_counter() - begin < PATIENCE:
            if self.process.poll() is not None:
                raise RuntimeError(f"gunicorn ended with {self.process.returncode}")
            with contextlib.suppress(OSError), contextlib.closing(self.connect()) as line:
                line.request("GET", "/")
                answer = line.getresponse()
                answer.read()
                if answer.status == 200:
                    return time.perf_counter() - begin
                raise RuntimeError(f"the first page answers {answer.status}")
            time.sleep(0.005)
        raise RuntimeError("gunicorn does not answer")

    def stop(self) -> None:
        """End the server that was started here, by its own id."""
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process = None

    def connect(self) -> http.client.HTTPConnection:
        """A new connection."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)

    def browser(self, cookie: str = "", language: str = "ar") -> "Browser":
        """Somebody's browser, signed in with the cookie."""
        return Browser(self, cookie, language)

    def memory(self) -> tuple[float, float, int]:
        """Proportional set size in MB of the workers together, of all processes together, and how many workers there are."""
        assert self.process is not None
        workers = _children(self.process.pid)
        sizes = [_proportional(pid) for pid in workers]
        return sum(sizes), sum(sizes) + _proportional(self.process.pid), len(workers)


def _proportional(pid: int) -> float:
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(re.search(r"^Pss:\s+(\d+)", rollup, re.M)[1]) / 1024  # type: ignore[index]


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@dataclass
class Answer:
    """What came back: status, headers in small letters, the body as it travelled."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def content(self) -> bytes:
        """The body unpacked, where it was sent packed with gzip."""
        return gzip.decompress(self.body) if self.headers.get("content-encoding") == "gzip" else self.body


@dataclass
class Browser:
    """One connection that stays open, cookies, and the token of forms."""

    server: Server
    cookie: str = ""
    language: str = "ar"
    token: str = ""
    _line: http.client.HTTPConnection | None = field(default=None, repr=False)

    def get(self, path: str, **headers: str) -> Answer:
        """Ask for a page."""
        return self._ask("GET", path, None, headers)

    def post(self, path: str, body: bytes, **headers: str) -> Answer:
        """Send JSON, with the token."""
        return self._ask("POST", path, body, {"Content-Type": "application/json", "X-CSRFToken": self.token, **headers})

    def take_token(self, path: str) -> None:
        """Read the token from the head of a page, as the front end does."""
        page = self.get(path)
        found = re.search(rb'name="csrf-token" content="([^"]+)"', page.body)
        if page.status != 200 or not found:
            raise RuntimeError(f"{path} answers {page.status}, no token in it")
        self.token = found[1].decode()

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        sent = {"Accept-Language": self.language, "Accept": "text/html,application/json", **headers}
        if self.cookie:
            sent["Cookie"] = f"session={self.cookie}"
        for attempt in (1, 2):  # a connection that the server closed meanwhile is opened again
            try:
                if self._line is None:
                    self._line = self.server.connect()
                self._line.request(method, path, body, sent)
                answer = self._line.getresponse()
                content = answer.read()
                break
            except (http.client.HTTPException, ConnectionError):
                self._line = None
                if attempt == 2:
                    raise
        for line in answer.headers.get_all("Set-Cookie") or []:
            if line.startswith("session="):
                self.cookie = line.split(";")[0].removeprefix("session=")
        return Answer(answer.status, {k.lower(): v for k, v in answer.headers.items()}, content)
