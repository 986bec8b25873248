"""A made-up project of any size in planctl's own YAML: the same seed gives the same bytes.

    python plans.py FOLDER --documents 330 --clauses 100

Narratives have the length of real ones: 200 to 3000 characters, mostly short, about 550 on average.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import dataclass
from pathlib import Path

WORDS = """
төлөвлөгөө хэрэгжилт арга хэмжээ зорилт үндэсний хөтөлбөр суурь түвшин хүрэх үр дүн шалгуур үзүүлэлт тайлан хугацаа
хариуцах нэгж хэлтэс алба сум баг иргэн өрх боловсрол эрүүл мэнд соёл спорт хүүхэд ахмад настан малчин мал аж ахуй
тариалан бэлчээр усан хангамж цэвэрлэх байгууламж зам гүүр цахилгаан дулаан шугам барилга сургууль цэцэрлэг эмнэлэг
засвар шинэчлэл тоног төхөөрөмж худалдан авалт тендер гэрээ гүйцэтгэгч хөрөнгө оруулалт улсын төсөв орон нутгийн
санхүүжилт гүйцэтгэл хувь биелэлт үнэлгээ хяналт шинжилгээ дүгнэлт зөвлөмж шийдвэр тогтоол захирамж журам хууль
бодлого байгаль орчин хог хаягдал дахин боловсруулах ногоон мод тарих гамшиг эрсдэл бууруулах цахим үйлчилгээ
мэдээлэл сургалт зохион байгуулах оролцогч мэргэжилтэн чадавх бэхжүүлэх хамтран ажиллах хувийн хэвшил үйлдвэрлэл
ажлын байр орлого нэмэгдүүлэх нийгмийн халамж чанар дээшлүүлэх улирал судалгаа баримт хүргүүлэх танилцуулах батлуулах
""".split()  # noqa: SIM905  # a page of words reads better than a list

UNITS = ("legal", "finance", "land", "livestock")
SHARE_OF_NUMBERS = 0.05
SHARE_OF_COMMAS = 0.06
SCORES = (100, 90, 70, 50, 30, 0)

PROJECT = """\
planctl: 1
organisation: Жишээ сумын Засаг даргын Тамгын газар
place: Жишээ
rubric: mn-2020

units:
  legal:
    name: Хууль, эрх зүйн асуудал хариуцсан мэргэжилтэн
  finance:
    name: Санхүү, төрийн сангийн алба
  land:
    name: Газрын даамал
  livestock:
    name: Хөдөө аж ахуйн тасаг
"""


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of a decision, with what its unit reported."""

    id: str
    number: int
    text: str
    unit: str
    deadline: str
    progress: str
    self_score: int
    superior_score: int


def sentence(rng: random.Random, characters: int) -> str:
    """Return words of at least so many characters, a few numbers and commas among them."""
    words: list[str] = []
    while sum(map(len, words)) + len(words) < characters:
        word = rng.choice(WORDS)
        words.append(str(rng.randint(1, 9999)) if rng.random() < SHARE_OF_NUMBERS else word)
        if rng.random() < SHARE_OF_COMMAS:
            words[-1] += ","
    return " ".join(words).rstrip(",").capitalize()


def narrative(rng: random.Random) -> str:
    """Return lines of a report about progress, each a few sentences long."""
    rest = 200 + int(2800 * rng.betavariate(0.6, 5.0))
    lines: list[str] = []
    while rest > 0:
        line = ". ".join(sentence(rng, rng.randint(60, 160)) for _ in range(rng.randint(1, 4))) + "."
        lines.append(line[:rest].rstrip())
        rest -= len(line)
    return "\n".join(line for line in lines if line)


def clause(rng: random.Random, document: int, number: int) -> Clause:
    """Return a made-up clause with its report."""
    return Clause(
        id=f"d{document:04d}-{number:05d}",
        number=number,
        text=sentence(rng, rng.randint(60, 200)),
        unit=rng.choice(UNITS),
        deadline=f"2023-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}",
        progress=narrative(rng),
        self_score=rng.choice(SCORES),
        superior_score=rng.choice(SCORES),
    )


def clauses_of(document: int, count: int) -> list[Clause]:
    """Return the clauses of one document, always the same for the same numbers."""
    rng = random.Random(f"{document}/{count}")  # noqa: S311  # a repeatable choice, no secret
    return [clause(rng, document, number + 1) for number in range(count)]


def plan_yaml(document: int, clauses: list[Clause]) -> str:
    """Return the plan: decisions of ten clauses each, in one section."""
    decisions = [clauses[start : start + 10] for start in range(0, len(clauses), 10)]
    lines = [
        "form: resolutions",
        f"id: council-{document:04d}",
        "title: Иргэдийн Төлөөлөгчдийн Хурлын тогтоолын хэрэгжилт",
        "sections:",
        "  - title: Тогтоол",
        "    decisions:",
    ]
    for number, part in enumerate(decisions, start=1):
        lines += [
            f"      - number: 2021_{number}",
            "        date: 2021-12-14",
            f"        title: {part[0].text}",
            "        clauses:",
        ]
        for item in part:
            lines += _clause_lines(item)
    return "\n".join(lines) + "\n"


def _clause_lines(item: Clause) -> list[str]:
    return [
        f"          - id: {item.id}",
        f"            number: {item.number}",
        f"            text: {item.text}",
        f"            units: [{item.unit}]",
        f"            deadline: {item.deadline}",
    ]


def actuals_yaml(document: int, clauses: list[Clause]) -> str:
    """Return what the units reported on the plan."""
    lines = [f"actuals: council-{document:04d}", "period: 2023", "date: 2023-12-25", "items:"]
    for item in clauses:
        progress = [f"      {line}" for line in item.progress.split("\n")]
        lines += [f"  {item.id}:", "    progress: |", *progress]
        lines += [f"    self: {item.self_score}", f"    superior: {item.superior_score}"]
    return "\n".join(lines) + "\n"


def whole_yaml(document: int, count: int) -> str:
    """Return a plan and its actuals as one text, for measuring a reader alone."""
    clauses = clauses_of(document, count)
    return plan_yaml(document, clauses) + actuals_yaml(document, clauses)


def write_project(folder: Path, *, documents: int, clauses: int) -> int:
    """Write a project with so many plans, each with its actuals; return the bytes written."""
    plans = folder / "plans"
    plans.mkdir(parents=True, exist_ok=True)
    written = (folder / "planctl.yaml").write_bytes(PROJECT.encode())
    for document in range(documents):
        items = clauses_of(document, clauses)
        written += (plans / f"council-{document:04d}.yaml").write_bytes(plan_yaml(document, items).encode())
        written += (plans / f"council-{document:04d}.2023.yaml").write_bytes(actuals_yaml(document, items).encode())
    return written


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=10)
    parser.add_argument("--clauses", type=int, default=100)
    options = parser.parse_args()
    written = write_project(options.folder, documents=options.documents, clauses=options.clauses)
    print(f"{options.documents} plans with {options.clauses} clauses each, {written:,} bytes")


if __name__ == "__main__":
    main()
