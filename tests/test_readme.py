"""What the README promises: its reference is the models', its first two blocks are two commands, its commands exist."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import Any

from planctl.cli import COMMANDS, GROUPS
from planctl.pipeline import load

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def tool(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_yaml_reference_is_that_of_the_models() -> None:
    assert tool("reference").current(README) == README


def test_the_first_two_blocks_are_one_line_each() -> None:
    blocks = re.findall(r"^```\w*\n(.*?)^```", README, re.MULTILINE | re.DOTALL)

    assert [len(block.splitlines()) for block in blocks[:2]] == [1, 1]
    assert "planctl build" in blocks[0]
    assert "pytest" in blocks[1]


def test_every_command_is_in_the_table() -> None:
    named = {name for name, *_rest in (*COMMANDS, *GROUPS)}

    assert named == set(re.findall(r"^\| `planctl ([\w-]+)", README, re.MULTILINE))


def test_every_picture_and_page_that_is_linked_is_there() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)

    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_example_is_that_of_the_readme_and_has_no_finding() -> None:
    example = ROOT / "examples" / "first-steps"
    blocks = re.findall(r"^```yaml\n# (\S+)\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    texts = {path: text for path, text in blocks if path.startswith("plans/")}

    assert {path: (example / path).read_text(encoding="utf-8") for path in texts} == texts
    assert load(example).findings == ()


def test_the_repository_is_a_project_without_an_error() -> None:
    project = load(ROOT)

    assert [found for found in project.findings if found.is_error] == []
    means = {card.actuals.name: [one.total.exact for one in card.evaluations] for card in project.scorecards}
    assert means == {
        "agency 2024": ["9690/97"],
        "council 2023": ["740/9", "740/9"],
        "digital 2025-H1": ["3740/65", "3650/65"],
        "digital 2025": ["5870/66", "5810/66"],
        "governor 2025-H1": ["680/9", "660/9"],
        "governor 2025": ["1710/21", "1640/21"],
        "programme 2021": ["1660/24"],
        "programme 2022": ["2300/26"],
        "programme 2023": ["2390/25", "2370/25"],
        "programme 2024-H1": ["1430/25"],
    }
