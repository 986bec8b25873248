"""The canonical form: what an author wrote, and what `fmt` makes of it, side by side."""

from __future__ import annotations

import time
from textwrap import dedent

import pytest

from planctl.authoring.formatting import formatted, says_the_same
from planctl.authoring.parts import remarks_in, taken_apart
from planctl.forms import FORMS
from planctl.forms.actuals import actuals_model
from planctl.forms.shape import UNKNOWN, addresses, shape_of
from planctl.portfolio.settings import Settings
from planctl.source.document import SourceText
from planctl.source.reader import events, read

REGISTER = shape_of(FORMS["resolutions"].plan)
PLAN = shape_of(FORMS["action-plan"].plan)
ACTUALS = shape_of(actuals_model(FORMS["action-plan"].entry))

CASES = {
    "keys stand in the order of the models, and unknown ones after them": (
        REGISTER,
        """
        title: Тогтоолын хэрэгжилт
        colour: улаан
        id: council
        form: resolutions
        sections:
        - decisions:
          - clauses:
            - {text: Ажлыг хийх, id: a}
            title: Хог хаягдлын тухай
          title: Тогтоол
        """,
        """
        form: resolutions
        id: council
        title: Тогтоолын хэрэгжилт
        sections:
          - title: Тогтоол
            decisions:
              - title: Хог хаягдлын тухай
                clauses:
                  - {id: a, text: Ажлыг хийх}
        colour: улаан
        """,
    ),
    "what is reached stands behind the progress": (
        ACTUALS,
        """
        period: 2025
        actuals: digital
        items:
            training:
                self: 100
                reached: 10
                progress: Хийв.
        """,
        """
        actuals: digital
        period: 2025
        items:
          training:
            progress: Хийв.
            reached: 10
            self: 100
        """,
    ),
    "the author's own ids keep their order": (
        shape_of(Settings),
        """
        units:
          records: {other_names: [], name: Архив}
          legal: {name: Хууль}
        planctl: 1
        """,
        """
        planctl: 1
        units:
          records: {name: Архив, other_names: []}
          legal: {name: Хууль}
        """,
    ),
    "remarks go with their keys, and those at the top of the file stay there": (
        PLAN,
        """
        # Цахим шилжилт

        # behind it the title
        title: Төлөвлөгөө   # short
        # which one
        id: digital
        form: action-plan
        sections:
        # first
        - title: Нэг # one
          # none yet
          measures: # soon
          - # of the measure
            # of its text
            text: Ажил
            id: a
            # end of the measure
          # end of the section
        # end of the file
        """,
        """
        # Цахим шилжилт

        form: action-plan
        # which one
        id: digital
        # behind it the title
        title: Төлөвлөгөө  # short
        sections:
          # first
          - title: Нэг  # one
            # none yet
            measures:  # soon
              # of the measure
              # of its text
              - id: a
                text: Ажил
                # end of the measure
            # end of the section
        # end of the file
        """,
    ),
    "remarks stay in what is empty": (
        UNKNOWN,
        """
        units:
            # legal:
            #   name: Хууль
        items:
          waste:
            self:
              # not yet
            # last time 90
          # the next one
          rest: {  # nothing
          }
        list: [ one, # first
          two
          # last
        ]
        - : dash
        """.replace("- : dash", "'-': dash"),
        """
        units:
          # legal:
          #   name: Хууль
        items:
          waste:
            self:
              # not yet
            # last time 90
          # the next one
          rest: {}  # nothing
        list:
          - one  # first
          - two
          # last
        "-": dash
        """,
    ),
    "texts of several lines stand in blocks, others in their line": (
        UNKNOWN,
        """
        plain: нэг
          хоёр
        folded: >-
          гурав
          дөрөв
        kept: "a\\nb\\n"
        open: |+
          нэг

        stripped: |-

            нэг
             хоёр


        end: 'нэг

          хоёр'
        """,
        """
        plain: нэг хоёр
        folded: гурав дөрөв
        kept: |
          a
          b
        open: |+
          нэг

        stripped: |-

          нэг
           хоёр

        end: |-
          нэг
          хоёр
        """,
    ),
    "quotation marks stand only where a text would be read otherwise": (
        UNKNOWN,
        r"""
        a: ['012', "1.10", 'yes', "2025-06-30", 'a: b', "a,b", "null"]
        b: "2025-06-30"
        c: 'Зам #5'
        d: "Хурал: нэг"
        e: '- нэг'
        f: '"Баялаг" хөтөлбөр'
        g: "~"
        h: ''
        i: "86,5"
        j: "#2E7D32"
        k: "it's"
        l: '100%'
        m: "\u200b"
        n: "Ажил хийх" # was quoted
        o: >- # was folded
          Ажил хийх
        """,
        r"""
        a: [012, 1.10, yes, 2025-06-30, "a: b", "a,b", "null"]
        b: 2025-06-30
        c: "Зам #5"
        d: "Хурал: нэг"
        e: "- нэг"
        f: '"Баялаг" хөтөлбөр'
        g: "~"
        h: ""
        i: 86,5
        j: "#2E7D32"
        k: it's
        l: 100%
        m: "\u200b"
        n: "Ажил хийх"  # was quoted
        o: "Ажил хийх"  # was folded
        """,
    ),
    "short lists of words are rows, long ones stand below": (
        UNKNOWN,
        f"""
        units:
          - legal
          - records
        names: [{", ".join(["Хууль, эрх зүйн мэргэжилтэн".replace(",", "")] * 5)}]
        texts:
          - Нэг, хоёр
          - Гурав
        nested: [[a, b], {{c: d}}]
        """,
        """
        units: [legal, records]
        names:
          - Хууль эрх зүйн мэргэжилтэн
          - Хууль эрх зүйн мэргэжилтэн
          - Хууль эрх зүйн мэргэжилтэн
          - Хууль эрх зүйн мэргэжилтэн
          - Хууль эрх зүйн мэргэжилтэн
        texts:
          - Нэг, хоёр
          - Гурав
        nested:
          - [a, b]
          - {c: d}
        """,
    ),
    "one free line stays where there were several, and none below a key": (
        UNKNOWN,
        """


        id: a
        items:

          one: 1



          two: 2

        """,
        """
        id: a
        items:
          one: 1

          two: 2
        """,
    ),
    "where one section has a free line above it, all have": (
        UNKNOWN,
        """
        id: a
        # who signs
        signatories:
          - name: А
        units:
          legal:
            name: Б
        tags: [a]
        note: |
          Нэг

        sections:
          - title: В
        """,
        """
        id: a

        # who signs
        signatories:
          - name: А

        units:
          legal:
            name: Б
        tags: [a]
        note: |
          Нэг

        sections:
          - title: В
        """,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_canonical_form(case: str) -> None:
    shape, before, after = CASES[case]
    written, wanted = dedent(before[1:]), dedent(after[1:])

    assert formatted(written, shape) == wanted
    assert formatted(wanted, shape) == wanted


def test_no_line_is_left_free_below_a_text_that_would_take_it_for_its_own() -> None:
    text = 'id: a\n\nnote: "б\\n\\n"\n\n# remark\nitems:\n  - в: г\n'

    assert formatted(text, UNKNOWN) == "id: a\n\nnote: |+\n  б\n\n# remark\nitems:\n  - в: г\n"


def test_line_ends_and_the_last_line_are_made_alike() -> None:
    document, _findings = read(SourceText("a.yaml", "\ufeffid: a\r\ntitle: б   \r\n\r\n"))

    assert document is not None
    assert formatted(document.text, UNKNOWN) == "id: a\ntitle: б\n"


def test_a_text_that_says_something_else_or_lacks_a_remark_is_noticed() -> None:
    document, _findings = read(SourceText("a.yaml", "id: a # one\ntitle: б\n"))

    assert document is not None
    assert says_the_same(document, "title: б\nid: a  # one\n")
    assert not says_the_same(document, "id: a  # one\ntitle: б б\n")
    assert not says_the_same(document, "id: a\ntitle: б\n")
    assert not says_the_same(document, "id: a  # one\ntitle: б: б\n")


def test_every_remark_of_a_file_is_known() -> None:
    text = "# 1\n\n# 2\na: # 3\n  # 4\n  - b # 5\n  # 6\nc: | # 7\n  # text\nd: [ # 8\n  e] # 9\n# 10\n"

    assert remarks_in(taken_apart(text, events)) == sorted(f"# {number}" for number in range(1, 11))


def test_a_file_of_ten_thousand_entries_takes_seconds() -> None:
    entries = "".join(
        f"  item-{at}:\n    self: 100\n    # тэмдэглэл\n    progress: |\n      Ажлыг хийв.\n\n" for at in range(10_000)
    )
    text = f"actuals: a\nperiod: 2025\nitems:\n{entries}"
    begun = time.process_time()

    new = formatted(text, ACTUALS)

    assert time.process_time() - begun < 10
    assert new.count("# тэмдэглэл") == 10_000


def test_links_to_items_are_found_by_their_type() -> None:
    plan = {
        "title": "a#b",
        "sections": [{"measures": [{"id": "x", "text": "a#b", "carried": {"from": "a#b", "period": "2024"}}]}],
    }

    assert list(addresses(PLAN, plan)) == [(("sections", 0, "measures", 0, "carried", "from"), "a#b")]
