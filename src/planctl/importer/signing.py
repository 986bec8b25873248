"""The signatures below a table: what for, the post and the name, however the office sets them.

In: the texts below a table, each with its place, in the order of the page. Out: `SignatoryLine`s.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

from planctl.forms.paper import SignatoryLine, Written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planctl.place import Place


class _HasPlace(Protocol):
    @property
    def text(self) -> str: ...
    @property
    def place(self) -> Place: ...


_Placed = TypeVar("_Placed", bound=_HasPlace)

_VERBS = (
    "хянасан|хянав|боловсруулсан|гаргасан|тайлагнасан|тайлагнав|нэгтгэсэн|нэгтгэв|баталсан|батлав|танилцсан"
    "|зөвшөөрсөн|зөвшөөрөв|бэлтгэсэн|бичсэн|хүлээн авсан|хүлээлгэн өгсөн|үнэлсэн|үнэлгээ өгсөн"
)
_CAPTION = re.compile(rf"(?:\S+\s+){{0,5}}(?:{_VERBS})\s*:?\W*", re.IGNORECASE)
_CAPTION_FIRST = re.compile(
    rf"(?P<caption>(?:[^\s.]+\s+){{0,4}}?(?:{_VERBS}))(?:\s*:\s*|\s{{2,}}|\s*(?=[._…]{{3,}}))(?P<rest>.+)",
    re.IGNORECASE | re.DOTALL,
)
_CAPTION_POST_NAME = re.compile(
    rf"(?P<caption>(?:[^\s.]+\s+){{0,2}}?(?:{_VERBS}))\s+(?P<rest>.{{3,90}}?[\s._…/]+[А-ЯӨҮЁ]\w?\w?\.\s?[А-ЯӨҮЁ]\S+\s*)",
    re.IGNORECASE | re.DOTALL,
)
_SIGNED = re.compile(r".{3,90}(?:[._…]{3,}|\s{3,}).{0,30}", re.DOTALL)
_NAME = re.compile(r"(?P<name>[А-ЯӨҮЁ]{1,2}[а-яөүё]{0,2}\s?\.\s?[А-ЯӨҮЁ][А-ЯӨҮЁа-яөүё-]{1,40})(?!\w)")
_RULE = re.compile(r"[._…\-–—/\\]{2,}|…+|/(?=\s*[А-ЯӨҮЁ]\w{0,2}\.)|(?<=\w)/\s*$")
_END_MARK = re.compile(r"[-–—_\s]*[оo0]{3}[-–—_\s]*", re.IGNORECASE)
_GAP = re.compile(r"(?:[._…–—]{3,}|…)[\s._…–—]*|\s{3,}[._…–—\s]*")
_AROUND = re.compile(r"^(?:[._…\-–—\\]{2,}|[\s/…])+|(?:[._…\-–—\\]{2,}|[\s/…])+$")
_NO_NAME = re.compile(r"\d|үсэг|тамга|огноо|\bон\b|\bсар\b|\bөдөр\b", re.IGNORECASE)
_OWN_LINE = re.compile(r"_{22}\s+")
_OWN_CELLS = 2
LONGEST_CAPTION = 80
LONGEST_NAME = 120


def is_caption(text: str) -> bool:
    """Tell whether a text says what a signature is for: «ХЯНАСАН», «Тайлан гаргасан:»."""
    return len(text) <= LONGEST_CAPTION and bool(_CAPTION.fullmatch(text.strip()))


def begins_signature(text: str) -> bool:
    """Tell whether a line opens a signature, alone or with the post behind it: «Хянасан: Дарга»."""
    return is_caption(text) or (len(text) <= 2 * LONGEST_CAPTION and bool(_CAPTION_FIRST.fullmatch(text.strip())))


def is_own_line(texts: Sequence[str]) -> bool:
    """Tell whether the cells of a row are a signature as planctl's workbooks have it, whatever its words are."""
    return len(texts) == _OWN_CELLS and bool(_OWN_LINE.match(texts[-1]))


def in_order_of_signing(texts: Iterable[_Placed]) -> list[_Placed]:
    """Return texts in the order of the page; those of a table with captions side by side column by column."""
    every = list(texts)
    rows = Counter(
        (one.place.table, one.place.row)
        for one in every
        if one.place.table and is_caption(one.text.strip().split("\n", 1)[0])
    )
    beside = {table for (table, _row), count in rows.items() if count > 1}
    if not beside:
        return every
    order = {id(one): at for at, one in enumerate(every)}
    firsts: dict[int, int] = {}
    for at, one in enumerate(every):
        firsts.setdefault(one.place.table, at)

    def key(one: _Placed) -> tuple[int, int, int]:
        at = order[id(one)]
        return (firsts[one.place.table], one.place.column, at) if one.place.table in beside else (at, 0, 0)

    return sorted(every, key=key)


def is_end_mark(text: str) -> bool:
    """Tell whether a text is the mark below the end of a paper, оОо."""
    return bool(_END_MARK.fullmatch(text.strip())) and "о" in text.casefold().replace("o", "о")


def signatories(
    texts: Iterable[Written], *, is_own: bool = False
) -> tuple[tuple[SignatoryLine, ...], tuple[Written, ...]]:
    """Return who signs, and the texts in front of the first signature and those behind that are none.

    A caption opens a signature; a name closes it, and is all that its line or cell still says; what stands between is
    the post. A post and a name without a caption make one too, once there has been a caption. In a sheet that planctl
    built (`is_own`) the last cell beside a post is the name, whatever it says. What is no name for sure stays with the
    post, and who signs has none.
    """
    made: list[SignatoryLine] = []
    rest: list[Written] = []
    caption: Written | None = None
    post: list[Written] = []
    begun = False
    rows = [list(row) for _key, row in groupby(texts, _row)]
    is_own = is_own or any(is_own_line([cell.text for cell in row]) for row in rows)
    if not is_own and any(sum(is_caption(cell.text.strip().split("\n", 1)[0]) for cell in row) > 1 for row in rows):
        rows = [[cell] for row in rows for cell in row]
    for line in _lines(rows, is_own=is_own):
        written = line.written
        if line.part == "caption" or (not line.part and is_caption(written.text)):
            if caption is None:
                rest.extend(post)
            else:
                made.append(SignatoryLine(_caption(caption), _post(post), None))
            caption, post, begun = written, [], True
            continue
        before, name = (
            ("", written.text)
            if line.part == "name" and caption is not None
            else _parted(written.text, has_post=bool(post), is_open=caption is not None)
        )
        if before:
            post.append(Written(before, written.place))
        if name and (begun or _SIGNED.fullmatch(written.text)):
            signed = Written(name if is_own else _spelt(name), written.place)
            made.append(SignatoryLine(_caption(caption), _post(post), signed))
            caption, post = None, []
        elif name or not begun:
            rest.append(written)
            post = []
    if caption is not None:
        made.append(SignatoryLine(_caption(caption), _post(post), None))
        post = []
    return tuple(made), (*rest, *post)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the signatures; `part` is what it is by its cell alone, "" where its words have to tell."""

    written: Written
    part: Literal["", "caption", "post", "name"] = ""


def _lines(rows: Sequence[Sequence[Written]], *, is_own: bool) -> Iterator[_Line]:
    """Yield the lines of rows of texts; a caption in front of its post, on one line, apart from it."""
    for row, following in zip(rows, [*rows[1:], ()], strict=False):
        table = row[0].place.table
        if is_own and table and len(row) == 1 and len(following) > 1 and following[0].place.table == table:
            yield _Line(row[0], "caption")
        elif is_own and is_own_line([cell.text for cell in row]):
            caption, _end, post = row[0].text.partition("\n")
            yield _Line(Written(caption, row[0].place), "caption")
            yield _Line(Written(post, row[0].place), "post")
            yield _Line(Written(_OWN_LINE.sub("", row[-1].text).strip(), row[-1].place), "name")
        else:
            named = row[-1] if is_own and len(row) > 1 else _name_cell(row)
            for cell in row:
                if cell is named:
                    yield _Line(Written(cell.text.strip() if is_own else _bare(cell.text), cell.place), "name")
                else:
                    yield from map(_Line, _lines_of(cell))


def _row(written: Written) -> tuple[str, int, int, int]:
    """Return what the texts of one row of a table or worksheet have in common, and no others."""
    place = written.place
    return (place.sheet, place.table, place.row, 0) if place.row else ("", 0, 0, id(written))


def _name_cell(row: Sequence[Written]) -> Written | None:
    """Return the cell of a row that is a name as it stands: the last one behind a post, or one that begins as a name.

    None where the row has several captions, or where the words of the cell have to tell.
    """
    if len(row) == 1 or any(begins_signature(cell.text.strip().split("\n", 1)[0]) for cell in row[1:]):
        return None
    likely = [cell for cell in row[1:] if _NAME.search(cell.text)]
    cell = likely[-1] if likely else row[-1]
    bare = _bare(cell.text)
    has_post = any(not is_caption(one.text) for one in row[: row.index(cell)])
    if "\n" in bare or not has_post:
        return None
    return cell if likely or (bare[:1].isupper() and not _NO_NAME.search(bare)) else None


def _lines_of(text: Written) -> Iterator[Written]:
    for line in text.text.replace("\t", "  ").split("\n"):
        stripped = line.strip()
        if match := _CAPTION_FIRST.fullmatch(stripped) or _CAPTION_POST_NAME.fullmatch(stripped):
            yield Written(match["caption"], text.place)
            yield from _signed_apart(Written(match["rest"], text.place))
        elif stripped:
            yield from _signed_apart(Written(stripped, text.place))


def _signed_apart(line: Written) -> Iterator[Written]:
    """Yield a line up to the gap behind its name, and what stands behind that on its own."""
    match = _NAME.search(line.text)
    gap = _GAP.search(line.text, match.end()) if match else None
    if gap is None or not re.search(r"\w", line.text[gap.end() :].replace("_", "")):
        yield line
        return
    yield Written(line.text[: gap.start()], line.place)
    yield from _lines_of(Written(line.text[gap.end() :], line.place))


def _parted(text: str, *, has_post: bool, is_open: bool) -> tuple[str, str]:
    """Return the post and the name of a line, each "" where there is none; no letter of it is in neither."""
    match = _NAME.search(text)
    gaps = [gap for gap in _GAP.finditer(text) if match is None or gap.end() <= match.start()]
    before, behind = (text[: gaps[-1].start()], text[gaps[-1].end() :]) if gaps else ("", "")
    has_post = has_post or bool(re.search(r"\w", before.replace("_", "")))
    if match:
        if gaps and has_post and len(behind) <= LONGEST_NAME:
            return _bare_post(before), _bare(behind)
        return _bare_post(text[: match.start()]), _bare(text[match.start() :])
    name = _bare(behind)
    words = re.split(r"[\s-]+", name)
    if is_open and len(words) > 1 and all(word[:1].isupper() for word in words) and not _NO_NAME.search(name):
        is_drawn = bool(re.search(r"[._…]", gaps[-1][0]))
        if (has_post and is_drawn) or not name.isupper():
            return _bare_post(before), name
    return _bare_post(text), ""


def _bare_post(text: str) -> str:
    return _RULE.sub(" ", text).strip(" \t:,./\\(")


def _bare(text: str) -> str:
    """Return a name without the rule in front of it or behind, and out of its brackets."""
    name = _AROUND.sub("", text)
    if name.startswith("(") and name.endswith(")"):
        name = name[1:-1]
    return (name[:-1] if name.endswith(")") and "(" not in name else name).strip()


def _caption(written: Written | None) -> Written | None:
    """Return a caption in sentence case, without its colon."""
    if written is None:
        return None
    text = written.text.strip().rstrip(":").strip()
    return Written(text.capitalize() if text.isupper() else text, written.place)


def _post(parts: list[Written]) -> Written | None:
    if not parts:
        return None
    text = " ".join(" ".join(part.text.split()) for part in parts)
    return Written(text, parts[0].place)


def _spelt(name: str) -> str:
    """Return a name with its initial close to it; the rest as it stands."""
    return re.sub(r"^(\w{1,4})\s*\.\s*", r"\1.", name)
