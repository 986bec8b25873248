"""Errors alone, as a score and a roll-up ask for them: those of a whole load, with most of the checks left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import test_chain
import test_numbers
import test_text_codes

from planctl.pipeline import load, load_for_errors
from planctl.portfolio.kinds import SETTINGS_PATH
from planctl.refusal import refused
from planctl.source.discover import Folder
from projects import write

if TYPE_CHECKING:
    from pathlib import Path

    from projects import Files

WRONG: dict[str, Files] = {
    **{code: case.wrong for code, case in test_chain.CASES.items()},
    **{code: case.wrong for code, case in test_numbers.CASES.items()},
    **{code: case.wrong for code, case in test_text_codes.CASES.items()},
}


@pytest.mark.parametrize("severities", ["", "severities: {{{code}: error}}\n"], ids=["as it is", "as an error"])
@pytest.mark.parametrize("code", WRONG)
def test_the_errors_and_what_they_refuse_are_those_of_a_whole_load(tmp_path: Path, code: str, severities: str) -> None:
    root = write(tmp_path, WRONG[code])
    with (root / SETTINGS_PATH).open("a", encoding="utf-8") as settings:
        settings.write(severities.format(code=code))

    whole, quick = load(root), load_for_errors(Folder(root))

    errors = [one for one in whole.findings if one.is_error]
    assert [one for one in quick.findings if one.is_error] == errors
    assert refused(quick) == refused(whole)
    assert code in {one.code for one in errors} or not severities
