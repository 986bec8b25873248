"""What holds for every file and every change: the file says what it is to say, and its remarks are all there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from hands import FILES, QUIET, ROOT, keys, readable, texts, trees, written
from planctl.authoring.parts import remarks_in, taken_apart
from planctl.authoring.patching import Change, Insert, Order, Remove, Rename, Set, patched
from planctl.errors import PlanctlError
from planctl.source.document import SourceText
from planctl.source.reader import events, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


def is_written(tree: Any) -> bool:
    """Tell whether no key of a tree merges another mapping, which the reader refuses."""
    if isinstance(tree, dict):
        return "<<" not in tree and all(map(is_written, tree.values()))
    return not isinstance(tree, list) or all(map(is_written, tree))


values = st.one_of(
    texts, st.none(), st.lists(texts, max_size=3), trees, st.lists(st.one_of(texts, trees), max_size=2), st.just({})
).filter(is_written)


@dataclass(eq=False)
class Item:
    """An entry of a list as the test sees it: by its number in the file, with how many were put in behind it."""

    number: int | None
    value: Any
    behind: int = 0


@dataclass
class Model:
    """The plain tree, changed step by step in the simplest way."""

    tree: Any
    loses_remarks: bool = False
    changes: list[Change] = field(default_factory=list)


def items_of(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {key: items_of(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [Item(at, items_of(value)) for at, value in enumerate(tree)]
    return tree


def plain(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {key: plain(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [plain(item.value) for item in tree]
    return tree


def places(tree: Any, loc: tuple[Any, ...] = ()) -> list[tuple[tuple[Any, ...], Any, Any]]:
    """Return every place with what holds it and its key or item."""
    found: list[tuple[tuple[Any, ...], Any, Any]] = []
    if isinstance(tree, dict):
        for key, value in tree.items():
            found += [((*loc, key), tree, key), *places(value, (*loc, key))]
    elif isinstance(tree, list):
        for item in tree:
            if item.number is not None:
                found += [((*loc, item.number), tree, item), *places(item.value, (*loc, item.number))]
    return found


def at(holder: Any, step: Any) -> Any:
    return step.value if isinstance(step, Item) else holder[step]


def put(holder: Any, step: Any, value: Any) -> None:
    if isinstance(step, Item):
        step.value = value
    else:
        holder[step] = value


def change(model: Model, draw: Any) -> None:
    """Make a change in the model that is drawn from all that can be done to it."""
    loc, holder, step = draw(st.sampled_from(places(model.tree)))
    value = at(holder, step)
    kinds = ["set", "set", "remove"]
    kinds += ["insert", "insert", "order"] if isinstance(value, list) else []
    kinds += ["key", "key", "rename"] if isinstance(value, dict) else []
    match draw(st.sampled_from(kinds)):
        case "set":
            new = draw(values)
            model.loses_remarks |= isinstance(value, dict | list)
            put(holder, step, items_of(new))
            model.changes.append(Set(loc, new))
        case "remove":
            model.loses_remarks = True
            holder.remove(step) if isinstance(step, Item) else holder.pop(step)
            model.changes.append(Remove(loc))
        case "key":
            key, new = draw(keys.filter(lambda key: key != "<<")), draw(values)
            model.loses_remarks |= isinstance(value.get(key), dict | list)
            value[key] = items_of(new)
            model.changes.append(Set((*loc, key), new))
        case "rename" if value:
            old, key = draw(st.sampled_from([*value])), draw(keys.filter(lambda key: key != "<<" and key not in value))
            put(holder, step, {key if one == old else one: inner for one, inner in value.items()})
            model.changes.append(Rename((*loc, old), key))
        case "insert":
            insert(model, loc, value, draw)
        case "order":
            order(model, loc, value, draw)


def insert(model: Model, loc: tuple[Any, ...], items: list[Item], draw: Any) -> None:
    new = draw(values)
    item = Item(None, items_of(new))
    anchors = [one for one in items if one.number is not None]
    where = draw(st.sampled_from(["end", "behind", "before"])) if anchors else "end"
    anchor = draw(st.sampled_from(anchors)) if where != "end" else Item(None, None)
    match where:
        case "end":
            items.append(item)
            model.changes.append(Insert(loc, new))
        case "behind":
            anchor.behind += 1
            items.insert(items.index(anchor) + anchor.behind, item)
            model.changes.append(Insert(loc, new, after=anchor.number))
        case _:
            items.insert(items.index(anchor), item)
            model.changes.append(Insert(loc, new, before=anchor.number))


def order(model: Model, loc: tuple[Any, ...], items: list[Item], draw: Any) -> None:
    if any(item.number is None for item in items):
        return
    items[:] = draw(st.permutations(items))
    for item in items:
        item.behind = 0
    model.changes.append(Order(loc, tuple(item.number for item in items if item.number is not None)))


def assert_patched(text: str, changes: list[Change], expected: Any, *, loses_remarks: bool) -> None:
    try:
        new = patched(text.encode(), changes, path="a.yaml").decode()
    except PlanctlError:
        assert "? " in text  # a key behind a question mark can have no value in one step
        return

    again, _findings = read(SourceText("a.yaml", new))
    assert again is not None, new
    assert again.data == expected, new
    windows = patched(text.replace("\n", "\r\n").encode(), changes, path="a.yaml").decode()
    assert windows == new.replace("\n", "\r\n")
    if not loses_remarks:
        before, after = (remarks_in(taken_apart(one, events)) for one in (text, new))
        assert after == before, new


@QUIET
@given(text=written(), data=st.data())
def test_a_changed_file_says_what_it_is_to_say_and_keeps_its_remarks(text: str, data: Any) -> None:
    document = readable(text)
    if document is None:
        reject()
    model = Model(items_of(document.data))
    for _time in range(data.draw(st.integers(1, 4))):
        if model.tree:
            change(model, data.draw)

    assert_patched(document.text, model.changes, plain(model.tree), loses_remarks=model.loses_remarks)


def leaves(tree: Any, loc: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(tree, dict | list):
        for step, value in tree.items() if isinstance(tree, dict) else enumerate(tree):
            yield from leaves(value, (*loc, step))
    elif tree is not None:
        yield loc


def with_all(tree: Any, new: Callable[[str], str]) -> Any:
    if isinstance(tree, dict):
        return {key: with_all(value, new) for key, value in tree.items()}
    if isinstance(tree, list):
        return [with_all(value, new) for value in tree]
    return None if tree is None else new(tree)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
@pytest.mark.parametrize("new", ["Ө: {}", "{}\n- 1\n", " #{}"], ids=["one line", "lines", "to be quoted"])
def test_every_value_of_a_real_file_can_be_changed_at_once(path: Path, new: str) -> None:
    text = path.read_text("utf-8")
    document = readable(text)
    assert document is not None
    changes = [Set(loc, new.format(value_at(document.data, loc))) for loc in leaves(document.data)]

    assert_patched(text, [*changes], with_all(document.data, new.format), loses_remarks=False)


def value_at(tree: Any, loc: tuple[Any, ...]) -> Any:
    for step in loc:
        tree = tree[step]
    return tree


@QUIET
@given(pieces=st.lists(st.sampled_from([*"ab:-#?&*!|>'\"%[]{},~\t\r\n ", "\n  ", "\n- ", ": ", " # r\n", "- id: a\n"])))
def test_a_mixture_of_signs_is_changed_or_refused(pieces: list[str]) -> None:
    content = f"id: '1'\n{''.join(pieces)}".encode()

    try:
        new = patched(content, [Set(("id",), "2")], path="a.yaml")
    except PlanctlError:
        return

    assert new == content.replace(b"'1'", b"'2'", 1)
