"""Whatever stands in the files: two states can be compared, and no file that differs goes untold."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from planctl.changes.change import Kind
from planctl.changes.compare import compare
from planctl.changes.effects import effects
from planctl.changes.unread import unread
from projects import ONE_CLAUSE, ONE_ENTRY, load, measures_project, programme_project

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    **measures_project(),
    **programme_project(),
    "plans/council.yaml": ONE_CLAUSE,
    "plans/council.2023.yaml": ONE_ENTRY,
}
JUNK = ("[]", "{}", "~", "[a, b]", "{a: b}", "''", "100%", "2023-13-45", "[[[]]]", "тийм", "[{id: a}, {id: a}]", "- 1")


def spoilt(text: str, chance: random.Random) -> str:
    """Return a file with lines left out, doubled or given another value."""
    lines = text.split("\n")
    for _turn in range(chance.randint(0, 3)):
        at = chance.randrange(len(lines))
        match chance.randrange(3):
            case 0:
                lines[at] = ""
            case 1:
                lines.insert(at, chance.choice(lines))
            case _:
                lines[at] = f"{lines[at].split(':')[0]}: {chance.choice(JUNK)}"
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(25))
def test_no_file_that_differs_goes_untold(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # a repeatable choice, no secret
    kept = [[path for path in FILES if chance.random() > 0.1] for _state in range(2)]
    before, after = (
        load(tmp_path / str(at), {path: spoilt(FILES[path], chance) for path in paths}) for at, paths in enumerate(kept)
    )

    changes = compare(before, after)

    effects(before, after, changes)
    told = {at.path for one in changes for at in (one.was_at, one.is_at) if at}
    told |= {one.path for one in unread(before, after)}
    texts = [{source.path: source.text for source in state.sources} for state in (before, after)]
    follows = any(one.kind is Kind.RENAMED for one in changes)
    assert follows or {path for path in {*texts[0], *texts[1]} if texts[0].get(path) != texts[1].get(path)} <= told
