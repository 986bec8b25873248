"""Texts as people write them: generated trees, now so, now so, with remarks and free lines wherever they may stand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from examples import examples
from planctl.source.document import Document, SourceText
from planctl.source.reader import events, read_with

ROOT = Path(__file__).parents[1]
FILES = [
    ROOT / "planctl.yaml",
    *sorted(path for folder in ("plans", "examples", "src") for path in (ROOT / folder).rglob("*.yaml")),
]
"""The plans of this repository."""

QUIET = settings(max_examples=examples(300), deadline=None, suppress_health_check=[*HealthCheck])

ODD = [
    *(
        "012",
        "1.10",
        "yes",
        "null",
        "~",
        "",
        "2025-06-30",
        "-",
        "- a",
        "-5",
        "?",
        "? a",
        ":",
        ": a",
        "a: b",
        "a:",
        "a:b",
    ),
    *(
        " #",
        "a #b",
        "a#b",
        "#",
        "%5",
        "@",
        "`",
        "!t",
        "&a",
        "*a",
        "|",
        ">",
        "[",
        "]",
        "{a}",
        ",",
        "a,b",
        "'",
        '"',
        "a'b",
    ),
    *(
        '«Ажил» "хийв"',
        "it's",
        "C:\\Баримт",
        "\\x",
        " a",
        "a ",
        "  ",
        "\u00a0",
        "a\u00a0b",
        "\u00a0a",
        "🐎",
        "...",
        "---",
    ),
    *(
        "a\tb",
        "\ta",
        "а" * 200,
        "<<",
        "=",
        "100%",
        "a\nb",
        "a\n",
        "\na",
        "a\n\n",
        "a\n\n\nb\n",
        " a\nb",
        "a\n b\n",
        "\n",
    ),
    *(
        "a \nb",
        "a\n ",
        "\n\n a\n",
        "# a\nb",
        "a\n# b\n",
        "- a\n- b\n",
        "a:\n  b\n",
        "---\na",
        "Ө\n\tү",
        "\x01",
        "\u2028",
    ),
]
texts = st.one_of(st.sampled_from(ODD), st.text("абө АБ10.,:;-–«»\"'#[]{}!&*|>%@`\\/?\n\t ", max_size=20))
keys = st.one_of(
    st.sampled_from(
        ["id", "title", "progress", "self", "units", "title", "number", "text", "items", "0", "а б", "-", "a: b"]
    ),
    texts,
)
trees = st.dictionaries(
    keys,
    st.recursive(
        st.one_of(st.none(), texts),
        lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(keys, inner, max_size=4)),
        max_leaves=10,
    ),
    min_size=1,
    max_size=5,
)
REMARKS = ["# тэмдэглэл", "#", "#a: b", "# - c", '# "', "# a # b", "#  [x", "# b:"]


class Hand:
    """Writes a tree as people do: now so, now so, with remarks and free lines wherever they may stand."""

    def __init__(self, draw: Any) -> None:
        self.draw = draw

    def chance(self) -> bool:
        return bool(self.draw(st.integers(0, 4)) == 0)

    def above(self, column: int) -> str:
        """Return free lines and remarks above an entry; a remark may stand too deep."""
        lines = []
        while self.chance():
            shift = self.draw(st.sampled_from([0, 0, 0, 1, 3]))
            lines.append("" if self.chance() else " " * (column + shift) + self.draw(st.sampled_from(REMARKS)))
        return "".join(f"{line}\n" for line in lines)

    def behind(self) -> str:
        return (
            f"{self.draw(st.sampled_from([' ', '   ']))}{self.draw(st.sampled_from(REMARKS))}\n"
            if self.chance()
            else "\n"
        )

    def scalar(self, text: str | None, column: int) -> str:
        if text is None:
            return str(self.draw(st.sampled_from(["", "", "~", "null"]))) + self.behind()
        lines = text.split("\n")
        styles = ["double"]
        if "\n" not in text and text.isprintable():
            styles += ["single", "plain"]
        if "\n" in text and text.strip() and not set(text) & set("\t\x01\u2028"):
            styles += ["literal"] * 3
        match self.draw(st.sampled_from(styles)):
            case "plain":
                return f"{text}{self.behind()}"
            case "single":
                return "'" + text.replace("'", "''") + "'" + self.behind()
            case "literal":
                chomping = "" if text.endswith("\n") and not text.endswith("\n\n") else "-" if lines[-1] else "+"
                head = "|" + (str(2) if text.lstrip("\n")[:1] == " " else "") + chomping
                body = lines if lines[-1] else lines[:-1]
                return head + self.behind() + "".join(f"{' ' * column}{line}\n" if line else "\n" for line in body)
            case _:
                signs = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\x01": "\\x01", "\u2028": "\\u2028"}
                return '"' + "".join(signs.get(sign, sign) for sign in text) + '"' + self.behind()

    def row(self, tree: Any) -> str:
        """Return a list or mapping in brackets, perhaps over several lines."""
        pause = self.draw(st.sampled_from([" ", "", "\n      ", " # in\n      "])) if self.chance() else " "
        if isinstance(tree, dict):
            words = [f"{pause}{self.quoted(key)}: {self.row(value)}" for key, value in tree.items()]
            return "{" + ",".join(words) + pause + "}"
        if isinstance(tree, list):
            return "[" + ",".join(pause + self.row(value) for value in tree) + pause + "]"
        return "~" if tree is None else self.quoted(tree)

    def quoted(self, text: str) -> str:
        if text.isalnum() and self.chance():
            return text
        signs = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\x01": "\\x01", "\u2028": "\\u2028", "\t": "\\t"}
        return '"' + "".join(signs.get(sign, sign) for sign in text) + '"'

    def value(self, tree: Any, column: int, step: int) -> str:
        if not isinstance(tree, dict | list):
            return " " + self.scalar(tree, column + 2)
        if not tree or self.chance():
            return " " + self.row(tree) + self.behind()
        return self.behind() + self.entries(tree, column + step)

    def entries(self, tree: Any, column: int) -> str:
        margin, out = " " * column, ""
        if isinstance(tree, dict):
            for key, value in tree.items():
                step = self.draw(st.sampled_from([2, 2, 4, 0 if isinstance(value, list) else 1]))
                out += f"{self.above(column)}{margin}{self.quoted(key)}:{self.value(value, column, step)}"
        else:
            for value in tree:
                if isinstance(value, dict | list) and value and not self.chance():
                    inner = self.entries(value, column + 2)
                    bare = inner[column + 2 :] if inner.startswith(" " * (column + 2) + '"') else None
                    out += f"{self.above(column)}{margin}- {bare or f'{self.behind()}{inner}'}"
                else:
                    out += f"{self.above(column)}{margin}-{self.value(value, column, 2)}"
        return out + (self.above(column) if self.chance() else "")


@st.composite
def written(draw: Any) -> str:
    hand = Hand(draw)
    return f"{hand.above(0)}{hand.entries(draw(trees), 0)}{hand.above(0)}"


def readable(text: str, parse: Any = events) -> Document | None:
    """Return the document of a text that the reader takes as it stands; any other is left alone by `fmt`."""
    document, findings = read_with(parse, SourceText("a.yaml", text))
    is_taken = document and document.page.text == document.text and not any(found.is_error for found in findings)
    return document if is_taken else None
