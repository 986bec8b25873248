"""A project in parcels comes to what it comes to as a whole, however its files hang together or are broken."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import strange
from examples import examples
from parts import outcome_of_parcels, outcome_of_whole
from planctl.findings.addresses import Addresses
from planctl.pipeline import load

QUIET = settings(max_examples=int(__import__("os").environ.get("N", 0)) or examples(150), deadline=None, suppress_health_check=[*HealthCheck])
A_DAY = date(2024, 7, 1)


def write(root: Path, files: dict[str, bytes]) -> None:
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


@QUIET
@given(st.data())
def test_the_parcels_come_to_what_the_whole_comes_to(data: Any) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        files = dict(data.draw(st.lists(strange.files(), min_size=1, max_size=10)))
        files["planctl.yaml"] = data.draw(strange.settings_files()).encode()
        if data.draw(st.booleans()):
            files["evidence/a.pdf"] = b""
        write(root, files)
        if data.draw(st.integers(0, 9)) == 0:
            (root / "plans").mkdir(exist_ok=True)
            link = root / "plans" / "council.2023.link.yaml"
            link.symlink_to(data.draw(st.sampled_from(("nowhere.yaml", "/etc/hostname"))))
        if data.draw(st.booleans()):
            project = load(root)
            addresses = Addresses(project.portfolio)
            found = sorted({(one.code, str(addresses.of(one))) for one in project.findings})
            chosen = st.sampled_from(found) if found else st.nothing()
            anything = st.tuples(st.sampled_from(strange.CODES), strange.names.filter(bool))
            entries = data.draw(st.lists(chosen | anything, max_size=4))
            write(root, {"accepted.yaml": strange.accepted_file(entries).encode()} if entries else {})
        today = data.draw(st.sampled_from((None, A_DAY, date(2024, 1, 1))))

        assert outcome_of_parcels(root, today=today) == outcome_of_whole(root, today=today)
