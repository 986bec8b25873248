"""GitHub's runner in small: carries out the steps of `action.yml` with bash, as a job on Linux does.

In: inputs, the event, and a folder that is checked out. Out: what each step wrote and what came of it. A step that uses
another action is noted with its inputs. The programs that the steps call are planctl itself, and a `gh` that keeps the
comments of one pull request in a file; jq, which the real one has inside, picks from them.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML

from forking import program

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

ROOT = Path(__file__).parents[2]
ACTION = YAML(typ="safe", pure=True).load((ROOT / "action.yml").read_text(encoding="utf-8"))
_EXPRESSION = re.compile(r"\$\{\{ ([\w.-]+) \}\}")
_CONDITION = re.compile(r"([\w.-]+) (==|!=) '([^']*)'")

# What the steps call: Python, as far as they need it, which installs no more than a way to this planctl …
PYTHON = """\
#!/usr/bin/env bash
set -euo pipefail
if [ "$2" = venv ]; then
  mkdir -p "$3/bin"
  cp "$0" "$3/bin/python"
  cp "$(dirname "$0")/planctl" "$3/bin/planctl"
else
  printf '%s\\n' "$@" > "$RUNNER_TEMP/pip"
fi
"""
# … and gh.
GH = """\
#!/usr/bin/env bash
set -euo pipefail
printf '%s\\n' "$*" >> "$GH_CALLS"
if [ -n "${GH_REFUSES:-}" ]; then
  echo "gh: $GH_REFUSES" >&2
  exit 1
fi
case "$*" in
  *--jq*) while [ "$1" != --jq ]; do shift; done; exec jq -r "$2" "$GH_COMMENTS" ;;
esac
for last; do :; done
body="${last#body=@}"
case "$*" in
  *POST*) jq --rawfile body "$body" '. + [{id: (7 + length), user: {type: "Bot"}, body: $body}]' "$GH_COMMENTS" ;;
  *PATCH*)
    id="$(printf '%s' "$*" | sed 's|.*/comments/\\([0-9]*\\) .*|\\1|')"
    jq --rawfile body "$body" --argjson id "$id" 'map(if .id == $id then .body = $body else . end)' "$GH_COMMENTS" ;;
esac > "$GH_COMMENTS.new"
mv "$GH_COMMENTS.new" "$GH_COMMENTS"
"""


@dataclass(frozen=True, slots=True)
class Step:
    """A step that was carried out: what it wrote, its exit code, and the inputs of the action that it used."""

    name: str
    told: str
    code: int
    given: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Job:
    """A job with the action in it. `folder` is checked out; everything else is kept in `temp`."""

    folder: Path
    temp: Path
    event: Mapping[str, Any] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Put the programs and the files of a job in their places."""
        programs = self.temp / "programs"
        programs.mkdir(parents=True, exist_ok=True)
        for name, text in {"python": PYTHON, "gh": GH}.items():
            (programs / name).write_text(text, encoding="utf-8")
            (programs / name).chmod(0o755)
        program(programs)
        if not self._comments.exists():
            self._comments.write_text("[]", encoding="utf-8")
        for name in ("path", "output", "summary"):
            (self.temp / name).write_text("", encoding="utf-8")

    @property
    def _comments(self) -> Path:
        return self.temp / "comments.json"

    @property
    def comments(self) -> list[str]:
        """The comments of the pull request."""
        return [one["body"] for one in json.loads(self._comments.read_text(encoding="utf-8"))]

    def say(self, body: str, *, by: str = "User") -> None:
        """Let somebody write a comment."""
        whole = json.loads(self._comments.read_text(encoding="utf-8"))
        whole.append({"id": len(whole) + 1, "user": {"type": by}, "body": body})
        self._comments.write_text(json.dumps(whole), encoding="utf-8")

    @property
    def summary(self) -> str:
        """The summary of the job."""
        return (self.temp / "summary").read_text(encoding="utf-8")

    def run(self, *, without: Container[str] = (), **inputs: str) -> dict[str, Step]:
        """Carry out the steps but those `without`, up to the first that fails, and return them by their names."""
        given = {name: str(its.get("default", "")) for name, its in ACTION["inputs"].items()}
        given |= {name.replace("_", "-"): value for name, value in inputs.items()}
        known: dict[str, Any] = {"github": {"event": self.event, "token": "t"}, "runner": {"os": "Linux"}, "steps": {}}
        known["inputs"] = {name: filled(value, known) for name, value in given.items()}
        done: dict[str, Step] = {}
        for step in ACTION["runs"]["steps"]:
            if step["name"] in without or not holds(step.get("if", ""), known):
                continue
            done[step["name"]] = made = self._carried_out(step, known)
            if made.code:
                break
        return done

    def _carried_out(self, step: Mapping[str, Any], known: dict[str, Any]) -> Step:
        if "uses" in step:
            return Step(step["name"], "", 0, {key: filled(value, known) for key, value in step["with"].items()})
        (self.temp / "output").write_text("", encoding="utf-8")
        ran = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.folder,
            env=self._environment() | {name: filled(value, known) for name, value in step.get("env", {}).items()},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            timeout=120,
        )
        lines = (self.temp / "output").read_text(encoding="utf-8").splitlines()
        if "id" in step:
            known["steps"][step["id"]] = {"outputs": dict(line.split("=", 1) for line in lines)}
        return Step(step["name"], ran.stdout.decode(), ran.returncode)

    def _environment(self) -> dict[str, str]:
        added = (self.temp / "path").read_text(encoding="utf-8").split("\n")[:-1]
        own = {name: value for name, value in os.environ.items() if not name.startswith(("GIT", "PLANCTL", "GH_"))}
        return {
            **own,
            "PATH": os.pathsep.join([*reversed(added), str(self.temp / "programs"), os.environ["PATH"]]),
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_PATH": str(self.temp / "path"),
            "GITHUB_OUTPUT": str(self.temp / "output"),
            "GITHUB_STEP_SUMMARY": str(self.temp / "summary"),
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_REPOSITORY": "office/plans",
            "GH_COMMENTS": str(self._comments),
            "GH_CALLS": str(self.temp / "gh-calls"),
            **self.variables,
        }


def filled(text: object, known: Mapping[str, Any]) -> str:
    """Return a value of the action with its expressions worked out; a name that is not there is empty, as on GitHub."""
    return _EXPRESSION.sub(lambda found: value_of(found[1], known), str(text))


def holds(condition: str, known: Mapping[str, Any]) -> bool:
    """Tell whether a condition of a step holds: comparisons of a name with a text, all of which have to."""
    parts = [_CONDITION.fullmatch(part) for part in condition.split(" && ")] if condition else []
    compared = [(value_of(part[1], known) == part[3], part[2] == "==") for part in parts if part]
    assert len(compared) == len(parts), condition
    return all(equal == wanted for equal, wanted in compared)


def value_of(name: str, known: Mapping[str, Any]) -> str:
    """Return what a name such as `github.event.pull_request.number` stands for."""
    value: Any = known
    for part in name.split("."):
        value = value.get(part, "") if isinstance(value, dict) else ""
    return str(value)
