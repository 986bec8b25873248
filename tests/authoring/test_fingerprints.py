"""Fingerprints are written into links, and not a byte of the file changes besides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chains import CHAIN, COUNTY
from planctl.authoring.fingerprints import accepted
from projects import load

if TYPE_CHECKING:
    from pathlib import Path

POINTS = "d1e7e9a34b5c"

HEAD = "form: action-plan\nid: county\ntitle: Төлөвлөгөө\nabove: province\nyear: 2025\nsections:\n"
MEASURE = "  - title: Чиглэл\n    measures:\n      - {id: a, text: Ажил, period: I-IV}\n"

WAYS = {
    "a text": ("    carries_out: province#e-points\n", "    carries_out: {item: province#e-points, fingerprint: X}\n"),
    "a text with a remark": (
        "    carries_out:   province#e-points   # дээд\n",
        "    carries_out:   {item: province#e-points, fingerprint: X}   # дээд\n",
    ),
    "a list": (
        "    carries_out:\n      # дээд\n      - province#e-points\n",
        "    carries_out:\n      # дээд\n      - {item: province#e-points, fingerprint: X}\n",
    ),
    "a list in brackets": (
        "    carries_out: [ 'province#e-points', ]\n",
        "    carries_out: [ {item: province#e-points, fingerprint: X}, ]\n",
    ),
    "a mapping in braces": (
        '    carries_out: {item: "province#e-points"}\n',
        '    carries_out: {item: "province#e-points", fingerprint: X}\n',
    ),
    "a mapping": (
        "    carries_out:\n      item: province#e-points # дээд\n",
        "    carries_out:\n      item: province#e-points # дээд\n      fingerprint: X\n",
    ),
    "a mapping in a list": (
        "    carries_out:\n    - item: province#e-points\n",
        "    carries_out:\n    - item: province#e-points\n      fingerprint: X\n",
    ),
    "an old fingerprint": (
        "    carries_out:\n    - fingerprint: '0123'  # хуучин\n      item: province#e-points\n",
        "    carries_out:\n    - fingerprint: 'X'  # хуучин\n      item: province#e-points\n",
    ),
}


def renewed(folder: Path, content: bytes) -> tuple[bytes, int, int]:
    """Return the content with all links accepted, how many were, and how many could not be."""
    project = load(folder, CHAIN)
    (folder / COUNTY).write_bytes(content)
    (folder / "plans/county.2025.yaml").unlink()
    from planctl.pipeline import load as again  # noqa: PLC0415  # the project as it now lies there

    project = again(folder)
    chain = project.portfolio.chain
    links = [(edge, POINTS) for edge in chain.edges if chain.nodes[edge.node].plan.id == "county"]
    done = accepted(content, project.portfolio.plans["county"].document, links)
    return done.content, done.written, len(done.left)


@pytest.mark.parametrize("way", WAYS)
def test_a_link_gets_its_fingerprint_and_all_else_stays(way: str, tmp_path: Path) -> None:
    before, after = WAYS[way]
    text = HEAD + MEASURE.replace("    measures", f"{before}    measures")

    content, written, left = renewed(tmp_path, text.encode())

    assert (written, left) == (1, 0)
    assert content.decode() == text.replace(before, after.replace("X", POINTS))


@pytest.mark.parametrize("way", WAYS)
def test_line_ends_of_windows_and_the_byte_order_mark_stay(way: str, tmp_path: Path) -> None:
    before, after = WAYS[way]
    text = "\ufeff" + HEAD + MEASURE.replace("    measures", f"{before}    measures")

    content, written, _left = renewed(tmp_path, text.replace("\n", "\r\n").encode())

    assert written == 1
    assert content.decode() == text.replace(before, after.replace("X", POINTS)).replace("\n", "\r\n")


def test_several_links_of_a_file_are_written_at_once_and_a_second_run_changes_nothing(tmp_path: Path) -> None:
    text = HEAD + MEASURE.replace(
        "    measures", "    carries_out: [province#e-points, province#training]\n    measures"
    )

    content, written, _left = renewed(tmp_path / "first", text.encode())
    again = renewed(tmp_path / "second", content)

    assert written == 2
    assert content.decode().count(POINTS) == 2
    assert again == (content, 0, 0)


def test_a_file_that_does_not_end_its_last_line_goes_on_with_a_new_one(tmp_path: Path) -> None:
    text = HEAD + MEASURE + "    carries_out:\n      item: province#e-points"

    content, written, _left = renewed(tmp_path, text.encode())

    assert written == 1
    assert content.decode() == f"{text}\n      fingerprint: {POINTS}\n"


@pytest.mark.parametrize("written", ['"province#e\\u002dpoints"', ">-\n      province#e-points"])
def test_a_link_that_is_written_in_another_way_is_written_anew(written: str, tmp_path: Path) -> None:
    text = HEAD + MEASURE.replace("    measures", f"    carries_out: {written}\n    measures")

    content, count, left = renewed(tmp_path, text.encode())

    assert (count, left) == (1, 0)
    row = f"carries_out: {{item: province#e-points, fingerprint: {POINTS}}}"
    assert content.decode() == text.replace(f"carries_out: {written}", row)


def test_links_of_a_file_that_was_damaged_meanwhile_are_left_to_a_person(tmp_path: Path) -> None:
    chain = load(tmp_path, CHAIN).portfolio
    links = [(edge, POINTS) for edge in chain.chain.edges if chain.chain.nodes[edge.node].plan.id == "county"]

    done = accepted(b"form: [", chain.plans["county"].document, links)

    assert (done.content, done.written, len(done.left)) == (b"form: [", 0, len(links))
