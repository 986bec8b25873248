"""Projects of a few documents that hang together, miss each other or are broken in many ways: strategies for tests."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from projects import SETTINGS, actuals, register

if TYPE_CHECKING:
    from collections.abc import Callable

IDS = (
    *("council", "Council", "counsil", "council.old", "digital", "digital-2", "national", "none", "a", "жишээ"),
    *("roads", "schools-2023", "vision", "water"),
)
"""The ids of plans: some differ in case alone, some by a letter."""

NAMES = (*IDS, "councl", "nationale", "zzz", "foo bar", "COUNCIL", "")
"""What documents are named by: ids, slips of the pen, and what nobody has."""

PERIODS = ("2023", "2023-H1", "2024", "2025")
ITEMS = ("waste", "well", "training")
CODES = (
    *(
        "nothing-below",
        "hangs-on-nothing",
        "unknown-above",
        "missing-entry",
        "no-owner",
        "no-date",
        "unchanged-narrative",
    ),
    *("progress-without-score", "unknown-plan", "approval-without-report", "no-such-code", "missing-evidence"),
)

ids, names, periods, items = map(st.sampled_from, (IDS, NAMES, PERIODS, ITEMS))


@st.composite
def links(draw: Any) -> str:
    """Addresses of items in other plans, as the value of a key."""
    addresses = draw(st.lists(st.tuples(names, items).map("#".join), max_size=draw(st.integers(0, 2))))
    return f"[{', '.join(json.dumps(one, ensure_ascii=False) for one in addresses)}]"


@st.composite
def above(draw: Any) -> str:
    named = draw(st.lists(names.filter(bool), max_size=2))
    match draw(st.integers(0, 6)):
        case 0 if named:
            return f"above: {named[0]}\n"
        case 1 if named:
            return f"above:\n{''.join(f'- {one}' + chr(10) for one in named)}"
        case 2 if named:
            return f"above: [{', '.join(named)}]\n"
    return ""


indicators = st.integers(1, 9).map(
    lambda target: f"        indicators:\n          - {{name: Цэг, unit: цэг, baseline: 1, target: {target}}}\n"
)


@st.composite
def measures(draw: Any, id_: str) -> str:
    link = draw(links())
    more = f"        carries_out: {link}\n" if link != "[]" else ""
    source = draw(st.sampled_from(("", "        carried: {from: council#waste, period: 2022}\n")))
    return (
        f"form: action-plan\nid: {id_}\ntitle: Арга хэмжээ\nyear: 2025\n{draw(above())}sections:\n"
        f"  - title: Чиглэл\n    measures:\n      - id: {draw(items)}\n        text: Цэг нээх\n        period: I-IV\n"
        f"{more}{source}{draw(indicators)}"
    )


@st.composite
def strategies(draw: Any, id_: str) -> str:
    link = draw(links())
    more = f"        carries_out: {link}\n" if link != "[]" else ""
    return (
        f"form: strategy\nid: {id_}\ntitle: Хөгжлийн төлөвлөгөө\nyear: 2025\n{draw(above())}goals:\n"
        f"  - title: Зорилго\n    objectives:\n      - id: {draw(items)}\n        number: 1.1\n"
        f"        title: Цэг ажиллуулах\n{more}{draw(indicators)}"
    )


@st.composite
def plans(draw: Any) -> tuple[str, str]:
    id_ = draw(ids)
    match draw(st.integers(0, 2)):
        case 0:
            text = register(draw(st.lists(items, min_size=1, max_size=2)), id_=id_)
        case 1:
            text = draw(measures(id_))
        case _:
            text = draw(strategies(id_))
    return draw(file_names("plans", id_)), text


entry = st.sampled_from(
    (
        "progress: Цэг нээв., self: 100",
        "progress: Цэг нээв., self: 90, superior: 70",
        "self: 95",
        "progress: Хийв. council#1",
        "progress: Цэг нээв., self: 70, evidence: [{file: evidence/a.pdf}, {file: evidence/b.pdf}]",
        "self: 70, evidence: [evidence/a.pdf]",
        "state: repealed, date: 2023-02-01, act: {body: Хурал, act: тогтоол, number: 1}",
        "progress: Ажил үргэлжилж байна., reached: 3",
    )
)


@st.composite
def reports(draw: Any) -> tuple[str, str]:
    id_, period = draw(names.filter(bool)), draw(periods)
    text = actuals(draw(st.dictionaries(items, entry, min_size=1, max_size=2)), plan=id_, period=period)
    return draw(file_names("plans", f"{id_}.{period}")), text


APPROVAL = """\
approval: {id}
period: {period}
act: {{body: Сумын Засаг дарга, act: захирамж, number: А/12}}
digest: fbe5d8d61a303e4b2c45ca185596dd3b0db056903cc97aa9a844821cf4d6eb7d
evaluations:
  self: {{items: 1, scored: 1, levels: {{100: 1}}, mean: 100/1}}
plan: 3a094ccfffdce6d3
report: 28f47262005c07d4
items:
  waste: {{self: 100, plan: e99c932cb4a6fec8, report: 704c28b0a9d1bc54}}
"""


@st.composite
def approvals(draw: Any) -> tuple[str, str]:
    id_, period = draw(names.filter(bool)), draw(periods)
    return draw(file_names("approvals", f"{id_}.{period}")), APPROVAL.format(id=id_, period=period)


@st.composite
def file_names(draw: Any, folder: str, stem: str) -> str:
    """Mostly the name that planctl gives, now and then one that says something else."""
    match draw(st.integers(0, 9)):
        case 0:
            return f"{folder}/{draw(names.filter(bool))}.{draw(periods)}.yaml"
        case 1:
            return f"{folder}/{draw(st.sampled_from(('notes', 'б', 'x y', 'council.2023.extra')))}.yaml"
        case 2:
            return f"plans/сум/{stem}.yml"
        case 3:
            return f"{draw(st.sampled_from(('plans', 'approvals', 'rubrics')))}/{stem}.yaml"
        case _:
            return f"{folder}/{stem}.yaml"


OTHERS = (
    "foo: bar\n",
    "foo: zzz\nid: council\n",
    "id: [zzz]\nnotes: nationale\n",
    "",
    "- council\n",
    "zzz\n",
    "form: action-plan\nyear: 2025\ntitle: zzz\nsections: []\n",
    "form: action-plan\nid: zzz\nyear: some\ntitle: [nationale]\nsections: []\n",
    "form: action-plane\nid: national\ntitle: councl\n",
    "rubric: mine\nform: x\n",
    "form: action-plan\nid: zzz\n: - [\n",
    "actuals: digital\nperiod: never\nitems: [a\n",
    "id: zzz\nform: [\n",
    "id: councl # the council\n  zzz\nx\n",
)
"""Files that are nothing known, or that cannot be read."""

others = st.tuples(file_names("plans", "other"), st.sampled_from(OTHERS))


# What authors and programs do to files


def quoted(text: str) -> str:
    """Return a text with its keys at the left edge in quotation marks."""
    return re.sub(r"^(\w+):", r'"\1":', text, flags=re.MULTILINE)


def as_flow(text: str) -> str:
    """Return a text with all of it in brackets, as JSON is; as it is where it is no YAML."""
    try:
        tree = YAML(typ="safe", pure=True).load(text)
    except YAMLError:
        return text
    return json.dumps(tree, ensure_ascii=False, default=str) + "\n"


CHANGES: tuple[Callable[[str], str], ...] = (
    lambda text: text.replace("\n", "\r\n"),
    lambda text: "\ufeff" + text,
    lambda text: "".join(f"  {line}\n" for line in text.splitlines()),
    lambda text: text + "- broken\n",
    lambda text: text + 'x: "unclosed\n',
    lambda text: text.replace("title", "titel"),
    lambda text: text.replace("above", "abve"),
    lambda text: text.replace("carries_out", "caries_out"),
    lambda text: text.replace("id: council", 'id: "coun\\u0063il"'),
    lambda text: text.replace("council#", "coun\\u0063il#"),
    lambda text: text.replace("actuals: ", "actuals:\n  "),
    lambda text: text.replace("actuals: ", "actuals : "),
    lambda text: text.replace("actuals: council", "actuals: council # хурал"),
    lambda text: text.replace("approval: ", "approval: !x "),
    lambda text: text.replace("id: ", "id: &a "),
    lambda text: text.replace("id: ", "idd: ", 1),
    lambda text: text.replace("id: ", "id:", 1),
    lambda text: text.replace("actuals: ", "actuals:", 1),
    lambda text: text.replace("form: ", "forn: ", 1),
    lambda text: text.replace("period: 20", "period: 19x", 1),
    lambda text: text.replace("period: ", "perod: ", 1),
    lambda text: text.replace("items:", "items: zzz\nitems:", 1),
    lambda text: "id: zzz\n" + text,
    lambda text: "actuals: national\n" + text,
    lambda text: "organisation: zzz\n" + text,
    lambda text: "organisation: [nationale]\n" + text,
    lambda text: "---\n" + text,
    lambda text: "# above: national\n" + text,
    lambda text: "<<<<<<< a\nid: x\n=======\nid: y\n>>>>>>> b\n" + text,
    lambda text: text.replace("  ", "\t", 1),
    lambda text: text.replace("title: ", "title: «"),
    lambda text: text.replace(" council", " 'council'"),
    lambda text: text.replace("- ", "-"),
    lambda text: text.replace("id: ", "id: \x01", 1),
    lambda text: text.replace("year: 2025", "year: 25"),
    lambda text: text[: len(text) // 2],
    lambda text: text + "...\n---\nform: strategy\nid: zzz\n",
    quoted,
    as_flow,
)


@st.composite
def documents(draw: Any) -> list[tuple[str, bytes]]:
    """A plan as authors write it, what was reported of it and perhaps approved."""
    id_ = draw(ids)
    items_of = draw(st.lists(items, min_size=1, max_size=2, unique=True))
    kind = draw(st.sampled_from((measures, strategies, None)))
    files = [(f"plans/{id_}.yaml", draw(kind(id_)) if kind else register(items_of, id_=id_))]
    for period in draw(st.lists(periods, max_size=2, unique=True)):
        entries = {one: draw(entry) for one in items_of}
        files.append((f"plans/{id_}.{period}.yaml", actuals(entries, plan=id_, period=period)))
        if draw(st.booleans()):
            files.append((f"approvals/{id_}.{period}.yaml", APPROVAL.format(id=id_, period=period)))
    return [(path, text.encode()) for path, text in files]


@st.composite
def projects(draw: Any) -> dict[str, bytes]:
    """A few documents, and a few files that fit badly or are broken."""
    sound = draw(st.lists(documents(), max_size=4))
    return dict(
        [*(file for one in sound for file in one), *draw(st.lists(files(), min_size=0 if sound else 1, max_size=4))]
    )


@st.composite
def files(draw: Any) -> tuple[str, bytes]:
    """One file that was written with little care."""
    path, text = draw(st.one_of(plans(), plans(), reports(), reports(), approvals(), others))
    for change in draw(st.lists(st.sampled_from(CHANGES), max_size=2)) if draw(st.booleans()) else ():
        text = change(text)
    match draw(st.integers(0, 40)):
        case 0:
            return path, text.encode("utf-16")
        case 1:
            return path, b"\xff\x00" + text.encode()
        case 2:
            return path, text.encode("cp1251", errors="replace")
    return path, text.encode()


@st.composite
def settings_files(draw: Any) -> bytes:
    """planctl.yaml, with weights of its own or faults now and then."""
    codes = st.sampled_from(("unknown-above", "nothing-below", "missing-entry", "unknown-plan"))
    weights = draw(st.dictionaries(codes, st.sampled_from(("off", "error", "warning")), max_size=2))
    given = "".join(f"  {code}: {weight}\n" for code, weight in weights.items())
    faults = draw(st.sampled_from((*[""] * 6, "rubric: nobodys\n", "x: zzz\n", "- broken\n")))
    text: str = SETTINGS + (f"severities:\n{given}" if given else "") + faults
    return text.encode()


@st.composite
def acceptances(draw: Any, found: list[tuple[str, str]]) -> bytes:
    """accepted.yaml: what was found at an address, and what nobody finds anywhere."""
    anything = st.tuples(st.sampled_from(CODES), names.filter(bool))
    entries = draw(st.lists(st.sampled_from(found) | anything if found else anything, min_size=1, max_size=5))
    listed = "".join(
        f"  - {{code: {code}, at: {json.dumps(at, ensure_ascii=False)}, reason: Мэдэж байна, until: 2024-06-30}}\n"
        for code, at in entries
    )
    return f"accepted:\n{listed}".encode()
