"""What holds for every file: its values and remarks stay, and what is in canonical form stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from examples import examples
from hands import FILES, QUIET, ROOT, readable, written
from planctl.authoring.formatting import formatted
from planctl.authoring.parts import remarks_in, taken_apart
from planctl.forms import FORMS
from planctl.forms.actuals import actuals_model
from planctl.forms.shape import UNKNOWN, Shape, shape_of
from planctl.source.document import SourceText
from planctl.source.reader import events, pure_events, read

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from planctl.diagnostics import Diagnostic

SHAPES = [
    UNKNOWN,
    *(shape_of(form.plan) for form in FORMS.values()),
    shape_of(actuals_model(FORMS["action-plan"].entry)),
]


def codes(findings: Iterable[Diagnostic]) -> list[str]:
    return sorted(found.code for found in findings)


def assert_kept(text: str, shape: Shape) -> None:
    document = readable(text)
    if document is None:
        reject()

    new = formatted(document.text, shape, events)

    again, findings = read(SourceText("a.yaml", new))
    assert again is not None, new
    assert again.data == document.data, new
    assert codes(findings) == codes(read(SourceText("a.yaml", text))[1]), new
    assert remarks_in(taken_apart(new, events)) == remarks_in(taken_apart(document.text, events)), new
    assert formatted(new, shape, events) == new
    if readable(text, pure_events):  # which refuses a few things that libyaml takes, such as `|#`
        assert formatted(document.text, shape, pure_events) == new
    assert new.endswith("\n")
    assert "\r" not in new


@QUIET
@given(text=written(), shape=st.sampled_from(SHAPES))
def test_values_and_remarks_stay_however_a_tree_was_written(text: str, shape: Shape) -> None:
    assert_kept(text, shape)


@QUIET
@given(
    pieces=st.lists(
        st.sampled_from(
            [
                *"ab:-#?&*!|>'\"%[]{},~\n ",
                "\n",
                "\n  ",
                "\n    ",
                ": ",
                "\n- ",
                "\n  - ",
                " # r\n",
                "# r",
                "---\n",
                "a: ",
                "b:",
            ]
        )
    )
)
def test_values_and_remarks_stay_in_every_mixture_of_signs(pieces: list[str]) -> None:
    assert_kept("".join(pieces), UNKNOWN)


@settings(QUIET, max_examples=examples(60))
@given(data=st.data())
def test_remarks_and_free_lines_put_anywhere_into_real_files_stay(data: Any) -> None:
    lines = data.draw(st.sampled_from(FILES)).read_text("utf-8").splitlines()
    start = data.draw(st.integers(0, max(0, len(lines) - 40)))
    start = next((at for at in range(start, -1, -1) if lines[at][:1].isalpha()), 0)
    lines = lines[start : start + 60]
    for _time in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(lines)))
        new = data.draw(st.sampled_from(["", " " * data.draw(st.integers(0, 12)) + "# put in"]))
        if data.draw(st.booleans()):
            lines.insert(at, new)
        elif at < len(lines):
            lines[at] += " # behind"

    assert_kept("\n".join(lines), data.draw(st.sampled_from(SHAPES)))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_files_of_the_repository_keep_values_and_remarks(path: Path) -> None:
    assert_kept(path.read_text("utf-8"), UNKNOWN)
