"""A country scored again from its database: how long on all processors, and whether the memory stays flat.

1,000 institutions unless ``BENCH_NATIONAL=full``: then 10,000 × 5 visits × 200 criteria, which take some minutes to fill
and 1.5 GB of disk. ``BENCH_NATIONAL=N`` measures N institutions.
"""

import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from inspect_app.adapters.rule_files import load_rules
from inspect_app.config import ROOT
from tests.bench.country import CRITERIA, VISITS
from tests.bench.figures import tell
from tests.bench.place import Place, Site
from tests.factories.rules import write_draft

FULL = 10_000
_GOAL = 60  # seconds for the whole country on 2 processors
_START = 3  # of them, until the processes have started


@dataclass
class Run:
    """One run of the command."""

    seconds: float
    processor: float  # seconds of processor time, of all processes: says more where others use the machine, too
    report: dict[str, dict[str, int]]
    peaks: list[float]  # of each process, MB


def measure(place: Place) -> None:
    """``flask rules rescore --all`` as a process of its own, with all its processes."""
    asked = os.environ.get("BENCH_NATIONAL") or "1000"
    size = FULL if asked == "full" else int(asked)
    few = place.site("tenth")
    many = place.site("country")
    small = _fill(few, max(size // 10, 20))
    filled = _fill(many, size)
    what = f"{size} institutions × {VISITS} visits × {CRITERIA} criteria"
    tell("a country to score, filled", filled["seconds"], "s", how=f"{what}; {filled['megabytes']} MB")
    draft = _draft(many.folder)
    run = _rescore(many, draft)
    assert run.report["visits"]["scored"] == size * VISITS, run.report["visits"]
    goal = _START + (_GOAL - _START) * size / FULL
    processors = len(os.sched_getaffinity(0))
    how = (
        f"{what} under another rule-set: {run.report['institutions']['changed']} levels change; {processors} processors"
    )
    tell("national re-score", run.seconds, "s", at_most=goal, how=f"{how}; goal for {FULL}: {_GOAL} s")
    tell(
        "national re-score, visits a second",
        size * VISITS / run.seconds,
        "/s",
        how="the whole command, start of its processes included",
    )
    tell(
        "national re-score, processor time",
        run.processor,
        "s",
        at_most=processors * goal,
        how=f"{1000 * run.processor / (size * VISITS):.2f} ms for each visit, all processes together",
    )
    before = _rescore(few, draft)
    tell("national re-score, largest process", max(run.peaks), "MB", how=f"peak of each: {run.peaks}")
    tell(
        "national re-score, memory at ten times the size",
        sum(run.peaks) / sum(before.peaks),
        "×",
        at_most=1.1 if asked == "full" else None,  # with few institutions not every process has had a full batch
        how=f"peaks of all processes together: {sum(before.peaks):.0f} MB at {small['institutions']} institutions, "
        f"{sum(run.peaks):.0f} MB at {size}",
    )
    same = _rescore(many, "law-65-15-default@2026-1")
    share = 100 * same.report["visits"]["identical"] / (size * VISITS)
    tell("cards byte-identical under their own rule-set", share, "%", at_least=100, how=f"{what}; {same.seconds:.1f} s")


def _draft(folder: Path) -> str:
    """Another rule-set, with as many limits, under which many levels change."""
    gates = [
        {**gate, "caps_at": {"refused": "provisional", "provisional": "conditional"}.get(gate["caps_at"], "accredited")}
        for gate in load_rules().as_data()["gates"]
    ]
    thresholds = {"provisional": "50", "accredited": "80", "distinction": "95"}
    return str(write_draft(folder / "2027-draft.yaml", gates=gates, thresholds=thresholds, weights={"PRO": 5}))


def _fill(site: Site, institutions: int) -> dict[str, int | float]:
    site.migrate()
    found: dict[str, int | float] = json.loads(
        site.run("-m", "tests.bench.country", str(institutions)).splitlines()[-1]
    )
    found["megabytes"] = sum(file.stat().st_size for file in site.folder.glob("miyar.db*")) // 2**20
    return found


def _rescore(site: Site, ruleset: str) -> Run:
    """The report, the seconds, and how large each process was at its largest."""
    processes = str(len(os.sched_getaffinity(0)))
    command = ["-m", "flask", "--app", "inspect_app", "rules", "rescore", "--all", "--format", "json"]
    begin, used = time.perf_counter(), _used()
    out = site.folder / "report.json"
    with out.open("wb") as file:
        running = subprocess.Popen(
            [sys.executable, *command, "--processes", processes, "--ruleset", ruleset],
            cwd=ROOT,
            env=site.environment,
            stdout=file,
        )
        peaks: dict[int, float] = {}
        while running.poll() is None:
            for pid in (running.pid, *_children(running.pid)):
                peaks[pid] = max(peaks.get(pid, 0), _peak(pid))
            time.sleep(0.05)
    took = time.perf_counter() - begin
    if running.returncode:
        raise RuntimeError(f"rescore ended with {running.returncode}")
    # a process of a few megabytes is Python's own, which keeps count of what the others share
    sizes = sorted(round(p) for p in peaks.values() if p > 30)
    return Run(took, _used() - used, json.loads(out.read_text(encoding="utf-8")), sizes)


def _used() -> float:
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _peak(pid: int) -> float:
    """The largest resident size so far, in MB; 0 for a process that has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0)
