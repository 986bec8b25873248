"""The comment of `planctl diff --format md`: what it shows, how long it may be, and that plans cannot write in it."""

from __future__ import annotations

import re
from fractions import Fraction
from html import unescape
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from planctl.changes.change import Change, Kind, Weakening
from planctl.changes.compare import compare
from planctl.changes.compared import Compared
from planctl.changes.effect import Because, Effect
from planctl.changes.effects import effects
from planctl.changes.unread import unread
from planctl.cli.diff_markdown import LIMIT, MARKER, markdown
from planctl.words import use
from projects import SETTINGS, load

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
OURS = re.compile(r"</?(?:del|ins)>")
BLOCKS = re.compile(r"<!-- planctl diff -->\n|<details>\n<summary>[^<>]*</summary>\n|</details>\n?")

PLAN = """\
form: action-plan
id: plan
title: Төлөвлөгөө
year: 2025
sections:
  - title: Удирдлага
    measures:
      - id: wells
        text: Худаг шинээр гаргах
        period: I-IV
        indicators: [{name: Худаг, unit: худаг, baseline: 2, target: 10}]
        units: [legal]
      - {id: roads, text: Зам засах, period: I-IV, units: [finance]}
"""
ACTUALS = """\
actuals: plan
period: 2025
items:
  wells: {progress: Таван худаг гаргасан., reached: 5, self: 50}
  roads: {progress: Гурван км зам зассан., self: 90}
"""


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    use("en")
    yield
    use("en")


def compared(tmp_path: Path, plan: str = PLAN, actuals: str = ACTUALS) -> Compared:
    """Return what changed from the plan above and its report."""
    before = load(tmp_path / "before", {"plans/plan.yaml": PLAN, "plans/a.yaml": ACTUALS, "planctl.yaml": SETTINGS})
    after = load(tmp_path / "after", {"plans/plan.yaml": plan, "plans/a.yaml": actuals, "planctl.yaml": SETTINGS})
    changes = compare(before, after)
    return Compared("main", "HEAD", changes, effects(before, after, changes), unread(before, after))


def test_a_comment_shows_what_weakens_and_what_moved_first_and_the_rest_collapsed(tmp_path: Path) -> None:
    plan = PLAN.replace("target: 10", "target: 6").replace("Зам засах", "Сумын төвийн зам засах")
    actuals = ACTUALS.replace("self: 50", "self: 90").replace("Гурван км", "Дөрвөн км")

    assert markdown(compared(tmp_path, plan, actuals)) == EXPECTED


EXPECTED = """\
<!-- planctl diff -->

### planctl: main → HEAD

4 changes, 2 weaken a plan.

#### This weakens a plan

- **target lowered** plan\\#&#8288;wells: 10 → 6
- **score raised without new progress or evidence, self** plan\\#&#8288;wells 2025: 50 → 90

#### What this did to the scores

| Document | Evaluation | Mean | Points | Scored | Counts |
| --- | --- | :-: | :-: | :-: | --- |
| plan 2025 | self | 70,00 → 90,00 | +20,00 | 2/2 |  |

#### What moved the means

<details>
<summary>plan 2025, self: 70,00 → 90,00 (+20,00)</summary>

- **+20,00** \\#&#8288;wells score raised without new progress or evidence 50 → 90
- unit legal: 50,00 → 90,00 (+40,00), 1/1

</details>

#### All other changes

<details>
<summary>plan: 2 changes</summary>

- **reworded** \\#&#8288;roads: <del>Зам</del><ins>Сумын төвийн зам</ins> засах
- **progress** \\#&#8288;roads 2025: <del>Гурван</del><ins>Дөрвөн</ins> км зам зассан.

</details>
"""


def test_where_nothing_changed_the_comment_says_so(tmp_path: Path) -> None:
    assert markdown(compared(tmp_path)) == (
        "<!-- planctl diff -->\n\n### planctl: main → HEAD\n\nNothing changed in the plans and their reports.\n"
    )


def test_what_could_not_be_read_is_told(tmp_path: Path) -> None:
    text = markdown(compared(tmp_path, actuals=ACTUALS.replace("self: 50", "self: fifty")))

    assert "#### Not compared, or not all of it\n\n- plans/a.yaml (after) has errors: " in text


def many(number: int, *, weakens: Weakening | None = None) -> tuple[Change, ...]:
    words = "Худаг шинээр гаргах ажлыг зохион байгуулах " * 3
    return tuple(
        Change(Kind.REMOVED if weakens else Kind.REWORDED, "plan", f"m{at}", before=words, after=None, weakens=weakens)
        for at in range(number)
    )


@pytest.mark.parametrize(
    ("changes", "limit"),
    [
        (many(2000), LIMIT),
        (many(2000, weakens=Weakening.MEASURE_REMOVED), LIMIT),
        ((*many(900, weakens=Weakening.MEASURE_REMOVED), *many(900)), LIMIT),
        (many(30), 2000),
    ],
)
def test_a_comment_stays_within_its_limit_and_counts_what_is_hidden(changes: tuple[Change, ...], limit: int) -> None:
    text = markdown(Compared("main", "HEAD", changes, (), ()), limit=limit)

    told = re.search(r"\*\*(\d+) lines do not fit in here\.\*\*", text)
    assert told
    assert text.endswith("** `planctl diff` shows everything.\n")
    assert int(told[1]) + text.count("\n- **") == len(changes)
    assert len(text) <= limit
    assert text.count("<details>") == text.count("</details>")
    assert text.startswith(f"{MARKER}\n")


def test_many_weakening_changes_leave_room_for_the_scores(tmp_path: Path) -> None:
    one = compared(tmp_path, actuals=ACTUALS.replace("self: 50", "self: 90"))
    flood = (*many(3000, weakens=Weakening.MEASURE_REMOVED), *one.changes)

    text = markdown(Compared("main", "HEAD", flood, one.effects, ()))

    assert "| plan 2025 | self | 70,00 → 90,00 | +20,00 | 2/2 |  |" in text


HOSTILE = (
    *("@name", "#12", "www.a.mn", "http://a.mn", "`", "```", "~~", "|", "\\", "<b>", "<!--", "-->", "</details>"),
    *("<script>", "&lt;", "[a](b)", "![i](j)", "**", "_", "- ", "1. ", "> ", "---", "# ", "\n", "\n\n", " ", "Ажил"),
)
words = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=3), min_size=1, max_size=10).map("".join)


@settings(max_examples=100, deadline=None)
@given(old=words, new=words, name=words)
def test_no_word_of_a_plan_writes_in_the_comment(old: str, new: str, name: str) -> None:
    changes = (
        Change(Kind.REMOVED, name, name, before=old, weakens=Weakening.MEASURE_REMOVED),
        Change(Kind.REWORDED, name, "a", name, "text", before=old, after=new),
        Change(Kind.TARGET, name, "a", name, "indicators.0.target", before=old, after=None),
        Change(Kind.FORMATTING, "", field="file", before=old, after=new),
    )
    effect = Effect("section", name, name, old, "self", None, None, (Because(changes[:1], Fraction(5)),))
    whole = Effect("document", name, name, "", "self", None, None, (Because(changes, Fraction(-5)),))

    tokens = READER.parse(markdown(Compared(old, new, changes, (whole, effect), ())))

    inline = [child for token in tokens for child in token.children or ()]
    blocks = [token.content for token in tokens if token.type == "html_block"]
    assert [block for block in blocks if not BLOCKS.fullmatch(block)] == []
    assert [one.content for one in inline if one.type == "html_inline" and not OURS.fullmatch(one.content)] == []
    assert {one.type for one in inline} <= {"text", "html_inline", "strong_open", "strong_close", "softbreak"}
    texts = [one.content for one in inline if one.type == "text"]
    assert [text for text in (*texts, *map(unescape, blocks)) if re.search(r"@\w|#\d|://|www\.", text)] == []
    headings = [token.tag for token in tokens if token.type == "heading_open"]
    assert headings == ["h3", "h4", "h4", "h4", "h4"]


def test_what_moved_a_mean_is_named_by_its_key(tmp_path: Path) -> None:
    weighted = PLAN.replace("year: 2025", "year: 2025\nweighted: true").replace(
        "id: wells", "id: wells\n        weight: 3"
    )

    told = markdown(compared(tmp_path, weighted))

    assert "- **-10,00** plan rules: weighted - → true\n" in told
