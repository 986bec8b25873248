"""What planctl builds reads back as what it was built from: generated plans of every form, in Word and Excel."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from examples import examples
from handwork import built, sheet_of
from planctl.authoring.rewriting import document
from planctl.incoming.arrival import Order
from planctl.incoming.arriving import arrive
from planctl.incoming.updating import update
from planctl.report.sheet import Group
from projects import write

if TYPE_CHECKING:
    from planctl.report.sheet import Sheet

QUIET = settings(max_examples=examples(9), deadline=None, suppress_health_check=[*HealthCheck])
WORDS = (
    *("Ажил", "сумын", "«Цахим»", "хийв", "ба", "э-үйлчилгээ", "үр", "дүн:", "(шинэ)", "төлөвлөгөө", "С.Бат,", "10,5%"),
    *("2024", "оны", "А/41", "5-р", "1.5", "ҮЙЛ", "№", "–", "доторх;", "Өөрийн", "1,200", "төгрөгийн", "=", "+", "@а"),
)
UNITS = ("legal", "finance")
SCORES = ("100", "90", "70", "50", "30", "0")
EVALUATED = {
    "resolutions": ("self", "superior"),
    "action-plan": ("self", "superior"),
    "programme": ("self", "superior"),
}

sentences = st.tuples(st.sampled_from(WORDS[:8]), st.lists(st.sampled_from(WORDS), max_size=6)).map(
    lambda words: f"{words[0]} {' '.join(words[1])}".strip()
)
titles = st.lists(
    st.sampled_from(("Ажил", "сумын", "«Цахим»", "(шинэ)", "төлөвлөгөө", "2024 оны")), min_size=1, max_size=5
).map(" ".join)
bullets = st.lists(sentences, min_size=1, max_size=3).map(lambda lines: "\n".join(f"- {line}" for line in lines))
numbered = st.lists(sentences, min_size=2, max_size=3).map(
    lambda lines: "\n".join(f"{at}. {line}" for at, line in enumerate(lines, start=1))
)
prose = st.lists(st.one_of(sentences, sentences, bullets, numbered), min_size=1, max_size=3).map("\n\n".join)
units = st.lists(st.sampled_from(UNITS), max_size=2, unique=True)
numbers = st.sampled_from(("0", "8", "10.5", "1200", "95"))
NAMES = (
    *("А.Овог нэр", "Б.Энх Түвшин", "Ө.Үүрийнтуяа, доктор", "Батын Ганаа", "Д.Бат-Эрдэнэ", "Б. Энхтүвшин", "Сувд"),
    *("доктор Ц.Номин (Ph.D)", "Боржигин овогт Дашийн Цэцэгмаа", "С.Туяа, хурандаа, 2-р зэрэг", "Г.Од /орлогч/"),
)
signatories = st.lists(
    st.fixed_dictionaries(
        {
            "caption": st.sampled_from(("Хянасан", "Биелэлт гаргасан", "Нягталж үзсэн")),
            "post": st.sampled_from(("Дарга", "Засаг даргын Тамгын газрын дарга", "Хууль, эрх зүйн мэргэжилтэн")),
            "name": st.sampled_from(NAMES),
        }
    ),
    max_size=3,
)


@st.composite
def entries(draw: Any, evaluated: tuple[str, ...], *, reached: bool) -> dict[str, Any]:
    """What was done about an item: all of it, a state, or nothing yet."""
    entry: dict[str, Any] = {}
    if draw(st.booleans()) or evaluated == ():
        entry["progress"] = draw(prose)
    if reached:
        entry["reached"] = draw(numbers)
    for key in evaluated:
        if draw(st.integers(0, 3)):
            entry[key] = draw(st.sampled_from(SCORES))
    if evaluated and draw(st.integers(0, 5)) == 0:
        entry = {"progress": draw(prose), "state": draw(st.sampled_from(("not-due", "not-evaluated")))}
    if draw(st.integers(0, 4)) == 0:
        entry["reason"] = draw(sentences)
    return entry


def _kept(**given: Any) -> dict[str, Any]:
    return {key: value for key, value in given.items() if value}


@st.composite
def measures(draw: Any, ids: Any) -> dict[str, Any]:
    indicators = draw(
        st.lists(
            st.fixed_dictionaries(
                {"name": sentences, "unit": st.sampled_from(("хүн", "удаа")), "baseline": numbers, "target": numbers}
            ),
            max_size=1,
        )
    )
    return _kept(
        id=f"m{next(ids)}",
        text=draw(prose),
        basis=draw(st.sampled_from(("", "Орон нутгийн төсвийн тухай хууль"))),
        period=draw(st.sampled_from(("", "I-IV", "2025-06-30"))),
        indicators=indicators,
        units=draw(units),
    )


def _lists(one: Any, most: int = 3) -> Any:
    return st.lists(one, min_size=1, max_size=most)


@st.composite
def resolutions(draw: Any) -> dict[str, Any]:
    ids = iter(range(100))
    clauses = st.builds(
        lambda text, number, bound, units: _kept(
            id=f"m{next(ids)}", number=number, text=text, bound=bound, units=units
        ),
        sentences,  # the template of this form prints a clause's lines without the signs of lists
        st.sampled_from(("", "", "1", "2.1")),
        st.sampled_from(("", "сумдын Засаг дарга нар")),
        units,
    )
    decisions = st.builds(
        lambda number, date, title, clauses: _kept(number=number, date=date, title=title, clauses=clauses),
        st.sampled_from(("", "7/30", "2021_131")),
        st.sampled_from(("", "2021-12-24")),
        titles,
        _lists(clauses, 2),
    )
    bodies = draw(st.lists(st.sampled_from(("Хурлын тогтоол", "Захирамж")), min_size=1, unique=True))
    return {"sections": [{"title": body, "decisions": draw(_lists(decisions, 2))} for body in bodies]}


@st.composite
def action_plans(draw: Any) -> dict[str, Any]:
    ids = iter(range(100))
    count = draw(st.integers(1, 2))
    sectors = [{"title": f"{draw(titles)} {at}", "measures": draw(_lists(measures(ids)))} for at in range(count)]
    return {"year": "2025", "sections": sectors}


@st.composite
def performance_plans(draw: Any) -> dict[str, Any]:
    ids = iter(range(100))
    goals = [
        {
            "number": f"{at}",
            "title": draw(titles),
            "objectives": [
                {"number": f"{at}.{below}", "title": draw(titles), "measures": draw(_lists(measures(ids), 2))}
                for below in range(1, draw(st.integers(2, 3)))
            ],
        }
        for at in range(1, draw(st.integers(2, 3)))
    ]
    return _kept(year="2025", goals=goals, skills=draw(st.lists(measures(ids), max_size=2)))


@st.composite
def programmes(draw: Any) -> dict[str, Any]:
    ids = iter(range(100))
    objectives = [
        _kept(
            number=f"{at}",
            title=draw(titles),
            expected=draw(st.one_of(st.just(""), sentences)),
            measures=[
                _kept(id=f"m{next(ids)}", text=draw(prose), units=draw(units))
                for _measure in range(draw(st.integers(1, 3)))
            ],
        )
        for at in range(1, draw(st.integers(2, 3)))
    ]
    indicators = [
        {
            "id": f"m{next(ids)}",
            "name": draw(sentences),
            "unit": draw(st.sampled_from(("хүн", "удаа"))),
            "baseline": draw(numbers),
            "targets": {"2025": draw(numbers), "2026": draw(numbers)},
        }
        for _indicator in range(draw(st.integers(0, 2)))
    ]
    return _kept(
        years={"first": "2024", "last": "2026", "baseline": "2024"}, objectives=objectives, indicators=indicators
    )


FORMS = {
    "resolutions": resolutions,
    "action-plan": action_plans,
    "performance-plan": performance_plans,
    "programme": programmes,
}
TITLES = {
    "resolutions": "Хурлын {period} тогтоолын хэрэгжилт",
    "action-plan": "Цахим шилжилтийн {year} арга хэмжээний төлөвлөгөө",
    "performance-plan": "Газрын {year} гүйцэтгэлийн төлөвлөгөө",
    "programme": "Үйлдвэрлэлийг дэмжих хөтөлбөр",
}
PERIOD = "2025"


def _items(tree: Any) -> Any:
    """Yield what has an id, in order."""
    if isinstance(tree, list):
        for one in tree:
            yield from _items(one)
    elif isinstance(tree, dict):
        if "id" in tree:
            yield tree
        for one in tree.values():
            yield from _items(one)


@st.composite
def projects(draw: Any, form: str) -> dict[str, str]:
    """A plan of a form and its actuals, as files."""
    tree = draw(FORMS[form]())
    plan: dict[str, Any] = {"form": form, "id": "council", "title": TITLES[form], **tree}
    told: dict[str, Any] = {}
    for item in _items(tree):
        evaluated = () if "targets" in item else EVALUATED.get(form, ("self",))
        told[item["id"]] = draw(entries(evaluated, reached=bool(item.get("indicators") or item.get("targets")))) or None
    actuals: dict[str, Any] = {"actuals": "council", "period": PERIOD, "date": "2025-12-25"}
    if signed := draw(signatories):
        actuals["signatories"] = signed
    actuals["items"] = told
    return {
        "plans/council.yaml": document(plan, remarks=()),
        f"plans/council.{PERIOD}.yaml": document(actuals, remarks=()),
    }


def shown(sheet: Sheet) -> list[Any]:
    """Return what a sheet shows, line by line; of texts the words."""
    rows: list[Any] = [" ".join(sheet.heading.title).casefold(), sheet.heading.date, sheet.heading.place]
    for table in sheet.tables:
        rows.append((table.name, [column.heading for column in table.columns]))
        keys = {column.key for column in table.columns}
        for band in table.bands:
            if isinstance(band, Group):
                rows += [_texts(cells, keys) for cells in (band.cells, *(row.cells for row in band.rows))]
            else:
                rows.append((band.level, band.title))
    # A workbook has no style for capitals: it shows who signs in them.
    return [*rows, [tuple(map(str.casefold, (one.caption, one.post, one.name))) for one in sheet.signatures]]


def _texts(cells: Any, keys: set[str]) -> dict[str, Any]:
    blocks = {
        key: [(one.kind, one.level, one.text) for one in cell.blocks] for key, cell in cells.items() if key in keys
    }
    return {key: found or cells[key].text for key, found in blocks.items()}


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
@pytest.mark.parametrize("form", FORMS)
def test_what_was_built_reads_back(form: str, kind: str) -> None:
    @QUIET
    @given(projects(form))
    def check(files: dict[str, str]) -> None:
        with TemporaryDirectory() as folder:
            root = write(Path(folder) / "old", files)
            path = root / f"council.{PERIOD}.{kind}"
            path.write_bytes(built(root, kind, "council", PERIOD))
            before = {one: (root / one).read_bytes() for one in files}

            again = arrive([(path, path.name)], Path(folder) / "new", Order(plan="plans/council.yaml"))
            new = Path(folder) / "new"
            write(new, dict(again.files))
            unchanged = update([(path, path.name)], root, Order())

            assert (unchanged.updates[0].refusal, unchanged.updates[0].edits) == (None, ())
            assert (unchanged.updates[0].listed, unchanged.files) == ((), {})
            assert again.incoming[0].refusal is None
            assert shown(sheet_of(new, "council", PERIOD)) == shown(sheet_of(root, "council", PERIOD))
            assert before == {one: (root / one).read_bytes() for one in files}

    check()


@pytest.mark.parametrize("form", FORMS)
def test_another_score_in_a_workbook_changes_one_key(form: str) -> None:
    path = f"plans/council.{PERIOD}.yaml"

    @QUIET
    @given(projects(form).filter(lambda files: "\n    self: 70" in files[path]), st.sampled_from(("100", "30")))
    def check(files: dict[str, str], score: str) -> None:
        with TemporaryDirectory() as folder:
            changed = files[path].replace("\n    self: 70", f"\n    self: {score}", 1)
            other = write(Path(folder) / "other", files | {path: changed})
            root = write(Path(folder) / "old", files)
            book = Path(folder) / f"council.{PERIOD}.xlsx"
            book.write_bytes(built(other, "xlsx", "council", PERIOD))

            done = update([(book, book.name)], root, Order())

            assert [(edit.field, edit.old, edit.new) for edit in done.updates[0].edits] == [("self", "70", score)]
            assert {one: new.decode() for one, (_old, new) in done.files.items()} == {path: changed}

    check()


def test_a_long_text_that_ends_as_a_total_does_comes_back_whole() -> None:
    line = "          - Ажил Ажил Ажил э-үйлчилгээ сумын төлөвлөгөө Ажил Ажил\n"
    plan = (
        "form: programme\nid: council\ntitle: Үйлдвэрлэлийг дэмжих хөтөлбөр\n"
        "years:\n  first: 2024\n  last: 2026\n  baseline: 2024\n"
        "objectives:\n  - number: 1\n    title: Ажил\n    measures:\n      - id: m0\n        text: |-\n"
        f"{line * 30}          - Ажил Ажил дүн:\n"
    )
    report = f"actuals: council\nperiod: {PERIOD}\ndate: 2025-12-25\nitems:\n  m0:\n    progress: Ажил\n    self: 70\n"
    with TemporaryDirectory() as folder:
        root = write(Path(folder) / "old", {"plans/council.yaml": plan, f"plans/council.{PERIOD}.yaml": report})
        book = Path(folder) / f"council.{PERIOD}.xlsx"
        book.write_bytes(built(root, "xlsx", "council", PERIOD))

        done = update([(book, book.name)], root, Order())

        assert (done.updates[0].refusal, done.updates[0].edits) == (None, ())
