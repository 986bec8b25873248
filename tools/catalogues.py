"""Bring the message catalogues up to date with the source: new sentences in, old ones out, .mo compiled.

    python tools/catalogues.py           write src/planctl/locale/mn/LC_MESSAGES/planctl.po and .mo
    python tools/catalogues.py --check   exit 1 where they are not current or a sentence has no translation

The tests run the check; a translator edits the .po file and runs this once more.
"""

from __future__ import annotations

import argparse
import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).parent.parent / "src" / "planctl"
PO = SOURCE / "locale" / "mn" / "LC_MESSAGES" / "planctl.po"
KEYWORDS = {"_": None, "counted": (1, 2), "say_counted": (1, 2)}
FIXED_DATE = datetime(2026, 1, 1, tzinfo=UTC)
HEADER = "# What planctl says, in Mongolian."


def template() -> Catalog:
    """Return every sentence of the source, without places: those change with each edit."""
    catalog = Catalog(project="planctl")
    found = extract_from_dir(
        SOURCE, method_map=[("**.py", "python")], keywords=KEYWORDS, comment_tags=(), strip_comment_tags=True
    )
    for _file, _line, message, _comments, _context in found:
        catalog.add(message)
    return catalog


def current() -> Catalog:
    """Return the Mongolian catalogue with the sentences of the source and the translations there are."""
    catalog = (
        read_po(io.BytesIO(PO.read_bytes()), locale="mn") if PO.exists() else Catalog(locale="mn", project="planctl")
    )
    catalog.update(template(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


def as_po(catalog: Catalog) -> bytes:
    catalog.header_comment = HEADER
    catalog.fuzzy = False
    out = io.BytesIO()
    write_po(out, catalog, width=120, sort_output=True, omit_header=False, include_previous=False)
    kept = [
        line
        for line in out.getvalue().decode().split("\n")
        if not line.startswith(('"POT-Creation-Date', '"PO-Revision-Date', '"Generated-By'))
    ]
    return "\n".join(kept).encode()


def as_mo(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    clean = read_po(io.BytesIO(as_po(catalog)), locale="mn")
    clean.creation_date = clean.revision_date = (
        FIXED_DATE  # the .po has no dates; Babel would put the clock in their place
    )
    write_mo(out, clean)
    return out.getvalue()


def untranslated(catalog: Catalog) -> list[str]:
    """Return the English sentences that have no Mongolian one."""
    return [str(message.id) for message in catalog if message.id and not all(_forms(message.string))]


def _forms(translation: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (translation or "",) if isinstance(translation, (str, type(None))) else tuple(translation)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    catalog = current()
    missing = untranslated(catalog)
    for sentence in missing:
        print(f"not translated: {sentence}", file=sys.stderr)
    if check:
        stale = PO.read_bytes() != as_po(catalog) or PO.with_suffix(".mo").read_bytes() != as_mo(catalog)
        if stale:
            print("the catalogues are not current: run tools/catalogues.py", file=sys.stderr)
        sys.exit(bool(missing or stale))
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(as_po(catalog))
    PO.with_suffix(".mo").write_bytes(as_mo(catalog))


if __name__ == "__main__":
    main()
