"""`planctl log`: one item's history from git: scores, states, deadlines and words; who, when and in which commit."""

from __future__ import annotations

import json
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planctl.cli import console
from planctl.cli.evaluations import EVALUATION_NAMES
from planctl.cli.options import PeriodOption, one_of_option
from planctl.errors import PlanctlError
from planctl.excerpt import beginning
from planctl.plain.blocks import WITHIN
from planctl.words import _, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from planctl.history.item import Entry, History, ItemChange
    from planctl.source.git import Repository
    from planctl.source.git_log import Commit, Touched

PLANS = "plans"
FOLDER = "folder:"
"""Begins the id of a content that only the folder holds."""

LONGEST = 100
WORDS_AROUND = 4
"""Words that are kept on either side of a change."""

NAMES = {**EVALUATION_NAMES, WITHIN: _("within")}
"""What is not called by its key."""

SHORT_ID = 8


class LogFormat(StrEnum):
    """For people, or for programs."""

    TEXT = "text"
    JSON = "json"


def run(
    address: Annotated[str, typer.Argument(metavar="DOCUMENT#ITEM", help=_("An item's address."))],
    period: PeriodOption = None,
    format_: Annotated[
        LogFormat,
        one_of_option("--format", LogFormat, _("Text for people, or JSON for programs.")),
    ] = LogFormat.TEXT,
) -> None:
    """Show what happened to an item, the newest first, under whatever ids and in whatever files it stood."""
    from planctl.history.item import Known, history_of  # noqa: PLC0415  # the help needs none of it
    from planctl.source.discover import Folder  # noqa: PLC0415
    from planctl.source.git import repository_of  # noqa: PLC0415
    from planctl.source.root import find_root  # noqa: PLC0415

    root = find_root(Path()).resolve()
    document, mark, item = address.partition("#")
    texts = {text.path: text.text for text in Folder(root).sources()[0]}
    if not mark or not item:
        raise _unknown(address, texts)
    repository = repository_of(root)
    commits, extra = _commits(repository, repository.prefix_of(root), texts)

    def contents(wanted: Iterable[str]) -> Mapping[str, bytes]:
        ids = list(wanted)
        here = {id_: extra[id_] for id_ in ids if id_ in extra}
        return here | dict(repository.contents(id_ for id_ in ids if id_ not in extra))

    boundary = repository.boundary()
    history = history_of(Known(document, item), commits, contents, boundary)
    if history is None:
        raise _unknown(address, texts)
    entries = tuple(_entries(history, str(period) if period else None))
    if format_ is LogFormat.JSON:
        console.data(json.dumps(_as_json(history, entries, boundary), ensure_ascii=False, indent=2) + "\n")
    else:
        console.text("".join(f"{_without_controls(line)}\n" for line in _as_text(history, entries)))
    _tell(history, is_shallow=bool(boundary))


def _unknown(address: str, texts: Mapping[str, str]) -> PlanctlError:
    """Return what to say of an address that never was, with those that may be meant."""
    known = tuple(_addresses(texts))
    by_item = {one.partition("#")[2]: one for one in reversed(known)}
    item = address.partition("#")[2] or address
    near = (
        [one for one in known if one.startswith(f"{address}#")][:3]
        or ([by_item[item]] if item in by_item else [])
        or get_close_matches(address, known, n=3)
        or [by_item[one] for one in get_close_matches(item, by_item, n=3)]
    )
    meant = said(_("; did you mean “{suggestion}”?"), {"suggestion": ", ".join(near)}) if near else ""
    return PlanctlError(
        _("there is no item “{address}”, now or in the history{suggestion}"), address=address, suggestion=meant
    )


def _addresses(texts: Mapping[str, str]) -> Iterator[str]:
    from planctl.plain.blocks import blocks  # noqa: PLC0415  # only for what is unknown
    from planctl.source.document import SourceText  # noqa: PLC0415
    from planctl.source.reader import read  # noqa: PLC0415

    for path, text in texts.items():
        document, _findings = read(SourceText(path, text))
        if document and "form" in document.data:
            yield from (block.heading for block in blocks(document) if block.item)


# From git


def _commits(
    repository: Repository, prefix: str, texts: Mapping[str, str]
) -> tuple[tuple[Commit, ...], Mapping[str, bytes]]:
    """Return the history of the plans, with what is not committed as a commit of its own, and the contents of that."""
    from planctl.history.item import UNCOMMITTED  # noqa: PLC0415  # the help needs none of it
    from planctl.source.git_log import Commit  # noqa: PLC0415

    head = repository.head()
    commits = repository.history(head, f"{prefix}{PLANS}") if head else ()
    touched, extra = _uncommitted(repository, head, prefix, texts)
    if not touched:
        return commits, {}
    last = (commits[-1].id,) if commits else ()
    return (*commits, Commit(UNCOMMITTED, last, "", "", "", "", touched)), extra


def _uncommitted(
    repository: Repository, head: str | None, prefix: str, texts: Mapping[str, str]
) -> tuple[tuple[Touched, ...], Mapping[str, bytes]]:
    """Return the files of plans that are not as they were committed; links are left alone."""
    from planctl.source.git_log import Touched  # noqa: PLC0415  # the help needs none of it

    there = {one.path: one for one in repository.files(head, f"{prefix}{PLANS}")} if head else {}
    here = {f"{prefix}{path}": text for path, text in texts.items() if path.startswith(f"{PLANS}/")}
    plain = {path: one.content for path, one in there.items() if not (one.is_link or one.is_submodule)}
    both = {path: plain[path] for path in here if path in plain}
    held = repository.contents(both.values())
    extra: dict[str, bytes] = {}
    touched: list[Touched] = []
    for path, text in here.items():
        if path in both and _same(text, held[both[path]]):
            continue
        if path in both or path not in there:
            extra[FOLDER + path] = text.encode(errors="replace")
            touched.append(Touched(path, path, FOLDER + path))
    gone = [path for path in plain if path not in here and path.lower().endswith((".yaml", ".yml"))]
    return (*touched, *(Touched(path, path, None) for path in gone)), extra


def _same(text: str, content: bytes) -> bool:
    """Tell whether a text of the folder is what was committed, whatever its lines end in."""
    from planctl.source.discover import text_of  # noqa: PLC0415  # the help needs none of it

    other, _findings = text_of("", content)
    return other is not None and other.text.replace("\r\n", "\n") == text.replace("\r\n", "\n")


def _entries(history: History, period: str | None) -> Iterator[Entry]:
    """Yield the entries with the changes of one period, if one was asked for."""
    from dataclasses import replace  # noqa: PLC0415  # a few entries

    for entry in history.entries:
        if period is None:
            yield entry
        elif changes := tuple(change for change in entry.changes if change.period == period):
            yield replace(entry, changes=changes)


# For people


def _as_text(history: History, entries: Iterable[Entry]) -> Iterator[str]:
    yield f"{history.known}  {_line(history.text)}".rstrip()
    for entry in entries:
        yield ""
        yield _head(entry)
        if happened := _happened(entry):
            yield f"  {happened}"
        for change in entry.changes:
            yield f"  {_change(change)}"


def _head(entry: Entry) -> str:
    commit = entry.commit
    if not commit.id:
        return said(_("not committed"))
    time = commit.time[:16].replace("T", " ")
    return f"{time}  {commit.person}  {commit.subject}  ({commit.id[:SHORT_ID]})"


def _happened(entry: Entry) -> str:
    """Return what became of the item as a whole."""
    if entry.is_cut and entry.is_begin:
        return said(_("stood so here, where this shallow clone begins:"))
    if entry.known is None:
        return said(_("taken out"))
    if entry.is_begin:
        return said(_("begun:"))
    if entry.was and entry.was != entry.known:
        return said(_("renamed: {before} → {after}"), {"before": entry.was, "after": entry.known})
    return ""


def _change(change: ItemChange) -> str:
    name = said(NAMES[change.field]) if change.field in NAMES else change.field
    told = f"{change.period} {name}".strip()
    if change.before is None or change.after is None:
        sign, text = ("+", change.after) if change.before is None else ("-", change.before)
        return f"{sign} {told}: {_line(text or '')}"
    whole = f"{change.before} → {change.after}"
    if len(whole) <= LONGEST and "\n" not in whole and " " not in change.before:
        return f"{told}: {whole}"
    return f"{told}: {_by_words(change.before, change.after)}"


def _by_words(before: str, after: str) -> str:
    from planctl.changes.words import marked, shortened, worded  # noqa: PLC0415  # only for texts

    runs = shortened(worded(before, after), words=WORDS_AROUND)
    return " ".join("".join(map(marked, runs)).split())


def _without_controls(line: str) -> str:
    """Return a line without signs that would steer a terminal."""
    return line if line.isprintable() else "".join(sign if sign.isprintable() else " " for sign in line)


def _line(text: str) -> str:
    """Return the beginning of a text in one line."""
    return beginning(text, LONGEST)


def _tell(history: History, *, is_shallow: bool) -> None:
    if is_shallow and any(entry.is_cut for entry in history.entries):
        console.say(_("the history ends here, as this clone is shallow; `git fetch --unshallow` brings the rest"))
    if history.unread:
        console.say_counted(
            _("{n} version of a file cannot be read and was passed over"),
            _("{n} versions of files cannot be read and were passed over"),
            history.unread,
        )


# For programs


def _as_json(history: History, entries: Iterable[Entry], boundary: frozenset[str]) -> dict[str, Any]:
    return {
        "address": str(history.known),
        "text": history.text or None,
        "shallow": bool(boundary),
        "unread": history.unread,
        "entries": [_entry(entry) for entry in entries],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    commit = entry.commit
    return {
        "commit": commit.id or None,
        "time": commit.time or None,
        "person": commit.person or None,
        "mail": commit.mail or None,
        "subject": commit.subject or None,
        "address": str(entry.known) if entry.known else None,
        "was": str(entry.was) if entry.was else None,
        "cut": entry.is_cut,
        "changes": [
            {
                "period": change.period or None,
                "field": change.field,
                "evaluation": change.field if change.field in EVALUATION_NAMES else None,
                "before": change.before,
                "after": change.after,
            }
            for change in entry.changes
        ],
    }
