"""From the command to the first answer, and what the server then keeps in memory."""

import time

from tests.bench.figures import middle, tell
from tests.bench.place import Place
from tests.bench.server import RUN, Server


def measure(place: Place) -> None:
    """Gunicorn as ``bin/run`` starts it, code already compiled."""
    site = place.site("few")
    _ = site.world
    took = []
    for _ in range(6):
        server = Server(site.environment)
        try:
            took.append(server.start())
        finally:
            server.stop()
    tell(
        "start to first answer",
        middle(took[1:]),
        "s",
        at_most=2,
        how="gunicorn with bin/gunicorn.conf.py, 3 workers, until GET / answers 200; median of 5",
        peer="CISO Assistant 7–13 s, ODK Central 2.75 s",
    )
    _whole(place)
    server.start()
    try:
        time.sleep(1)  # the first answers before the others are there
        _tell_memory("just started", server, "when all three are there")
    finally:
        server.stop()


def _whole(place: Place) -> None:
    """``make run`` on a machine where everything is installed: tables and demonstration data looked after, too."""
    site = place.site("demonstration")
    took = []
    for _ in range(4):
        server = Server(site.environment, RUN)
        try:
            took.append(server.start())
        finally:
            server.stop()
    how = "bin/run until GET / answers 200, 1,092 institutions and their past visits"
    tell("make run, second start", middle(took[1:]), "s", at_most=5, how=f"{how} already there; median of 3")
    tell("make run, first start", took[0], "s", how=f"{how} made first")


def measure_memory(place: Place) -> None:
    """After whatever was asked of the server until now."""
    site = place.site("many")
    _tell_memory("after work", site.server, "after the saves, packs and pages above")
    browser = site.server.browser(site.world["cookies"]["Hind"])
    for language in ("ar", "fr"):
        answer = browser.get(f"/reports/{site.world['final']}/final.{language}.pdf")
        if answer.status != 200:
            raise RuntimeError(f"the report answers {answer.status}")
    _tell_memory("one of them made reports", site.server, "after two reports")


def _tell_memory(when: str, server: Server, how: str) -> None:
    workers, all_of_them, count = server.memory()
    peer = "CISO Assistant about 1 GB; ODK Central 141 MB, up to 500 MB"
    shared = "what several processes share is divided among them"
    tell(
        f"memory of 3 workers, {when}",
        workers,
        "MB",
        at_most=250,
        how=f"sum of Pss of the {count} workers {how}; {shared}",
        peer=peer,
    )
    tell(f"memory of the whole server, {when}", all_of_them, "MB", how="the same with the process that starts them")
