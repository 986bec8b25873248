"""The longest narratives as they come out on paper: nothing of them is lost on the way to the last page."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from planctl.facts import RunFacts
from planctl.output import pdf
from planctl.output.template_store import fetch
from planctl.pipeline import load
from planctl.render import FORMATS
from projects import composed, scorecard

ROOT = Path(__file__).parent.parent


@pytest.mark.skipif(not (pdf.office() and shutil.which("pdftotext")), reason="LibreOffice is not installed")
def test_the_last_words_of_the_longest_narrative_and_of_the_second_table_stand_in_the_pdf(tmp_path: Path) -> None:
    project = load(ROOT)
    card = scorecard(project, "2024", "agency")
    sheet = composed(project, card, RunFacts(), wanted=["table"])[0]
    template = fetch(ROOT, {}, sheet.template, ".docx")
    rendered = FORMATS["docx"].load()(sheet, template)
    assert rendered.content is not None
    path = tmp_path / "agency.docx"
    path.write_bytes(rendered.content)

    (printed,) = pdf.converted([path])

    assert isinstance(printed, bytes)
    target = path.with_suffix(".pdf")
    target.write_bytes(printed)
    text = subprocess.run(["pdftotext", target, "-"], capture_output=True, text=True, check=True).stdout
    longest = max((one.entry.progress or "" for one in card.actuals.reported.values()), key=len)
    last_word = longest.split()[-1].rstrip(".")
    assert (len(longest) > 7000, last_word, text.count(last_word)) == (True, "мөнхжүүлэв", 1)
    assert all(name in text for name in ("Биелэлтийн", "Гүйцэтгэлийн түвшин", "ТӨСВИЙН ШУУД ЗАХИРАГЧ"))
