"""How long planctl takes to start, as whole processes in interleaved rounds: processor time beside a floor for each.

    python benchmarks/startup.py [--rounds 11]

The version is also told as an installed `planctl` tells it: `python -m` looks for what it is to run, which takes a
third of the time of Python itself. The floors: Python itself for the version, an import of typer for the help, a
typer command that validates one pydantic model for the score and the check of one file with ten rows: where nothing
is kept of the last run, and where nothing changed since. Compiled modules are kept, as where planctl is installed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

import plans
from timing import as_installed

ONE_MODEL = """
import typer
app = typer.Typer(add_completion=False)
@app.callback()
def root(): pass
@app.command()
def score(path: str):
    from pydantic import BaseModel, ConfigDict
    class Document(BaseModel):
        model_config = ConfigDict(extra="forbid", frozen=True)
        id: str
        title: str
        year: int
        rows: list[str]
    typer.echo(Document.model_validate({"id": "a", "title": path, "year": "2024", "rows": ["a"]}).id)
app()
"""


Way = tuple[list[str], dict[str, str]]
"""A command line and what its environment has besides."""


def spent(way: Way, environment: dict[str, str]) -> float:
    """Return the seconds of processor time of one process with its own."""
    arguments, besides = way
    process = subprocess.Popen(
        arguments, env={**environment, **besides}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(arguments)} failed with {process.returncode}")
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rounds", type=int, default=11)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        root, compiled = Path(folder, "project"), Path(folder, "compiled")
        plans.write_project(root, documents=1, clauses=10)
        model = Path(folder, "one_model.py")
        model.write_text(ONE_MODEL, encoding="utf-8")
        environment = {**as_installed(), "PYTHONPYCACHEPREFIX": str(compiled)}
        python, planctl = sys.executable, [sys.executable, "-m", "planctl"]
        nothing_kept, kept = {"PLANCTL_NO_CACHE": "1"}, {"PLANCTL_CACHE_DIR": str(Path(folder, "kept"))}
        installed = [python, "-c", "from planctl.__main__ import main; main()"]
        one_model: Way = ([python, str(model), "score", "a"], {})
        pairs: dict[str, tuple[Way, Way]] = {
            "--version": (([*planctl, "--version"], {}), ([python, "-c", "pass"], {})),
            "--version, installed": (([*installed, "--version"], {}), ([python, "-c", "pass"], {})),
            "--help": (
                ([*planctl, "--help"], {}),
                ([python, "-I", "-X", f"pycache_prefix={compiled}", "-c", "import typer"], {}),
            ),
            "score": (([*planctl, "score", str(root)], nothing_kept), one_model),
            "score --format json": (([*planctl, "score", "--format", "json", str(root)], nothing_kept), one_model),
            "check": (([*planctl, "check", str(root)], nothing_kept), one_model),
            "score, unchanged": (([*planctl, "score", str(root)], kept), one_model),
            "check, unchanged": (([*planctl, "check", str(root)], kept), one_model),
        }
        taken: dict[str, list[tuple[float, float]]] = {name: [] for name in pairs}
        for number in range(rounds + 1):
            for name, (mine, floor) in pairs.items():
                seconds = spent(mine, environment), spent(floor, environment)
                if number:
                    taken[name].append(seconds)
    for name, seconds in taken.items():
        ratio = median(mine / floor for mine, floor in seconds)
        print(f"  {name:<20} {median(mine for mine, _ in seconds) * 1000:>7.1f} ms {ratio:>6.2f} x its floor")


if __name__ == "__main__":
    main()
