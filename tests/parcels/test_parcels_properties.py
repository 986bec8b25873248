"""A project in parcels comes to what it comes to as a whole, however its files hang together or are broken."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
import strange
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from parts import outcome_of_parcels, outcome_of_whole

from examples import examples
from planctl.findings.accepting import is_acceptable
from planctl.findings.addresses import Addresses
from planctl.parcels.claims import as_read, at_a_look
from planctl.pipeline import load

if TYPE_CHECKING:
    from collections.abc import Mapping

REPOSITORY = Path(__file__).parents[2]
QUIET = settings(max_examples=examples(180), deadline=None, suppress_health_check=[*HealthCheck])
DAYS = (None, date(2024, 1, 1), date(2024, 7, 1))


def written(root: Path, files: Mapping[str, bytes]) -> None:
    """Write files of bytes."""
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def acceptable(root: Path) -> list[tuple[str, str]]:
    """Return the code and the address of all that is found and can be accepted."""
    project = load(root)
    addresses = Addresses(project.portfolio)
    return sorted({(one.code, str(addresses.of(one))) for one in project.findings if is_acceptable(one.code)})


@QUIET
@given(st.data())
def test_the_parcels_come_to_what_the_whole_comes_to(data: Any) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        written(root, data.draw(strange.projects()))
        if data.draw(st.integers(0, 19)) == 0:
            (root / "plans").mkdir(exist_ok=True)
            link = root / "plans/council.2023.link.yaml"
            link.symlink_to(data.draw(st.sampled_from(("nowhere.yaml", "/etc/hostname"))))
        if data.draw(st.booleans()):
            written(root, {"accepted.yaml": data.draw(strange.acceptances(acceptable(root)))})
        today = data.draw(st.sampled_from(DAYS))

        assert outcome_of_parcels(root, today=today) == outcome_of_whole(root, today=today)


@QUIET
@given(strange.files())
def test_a_look_at_a_text_tells_what_reading_it_tells(file: tuple[str, bytes]) -> None:
    path, content = file
    text = content.decode(errors="replace")
    look, read = at_a_look(path, text), as_read(path, text)

    assert look is None or read.is_suspect or (look.kind, look.document) == (read.kind, read.document)


@pytest.mark.parametrize("folder", [".", "examples/first-steps"])
def test_the_parcels_of_the_plans_of_this_repository_come_to_what_they_come_to_together(folder: str) -> None:
    root = REPOSITORY / folder

    assert outcome_of_parcels(root) == outcome_of_whole(root)
