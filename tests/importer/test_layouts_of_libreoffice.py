"""Papers that LibreOffice has saved in its own formats, and in Word's and Excel's: the same plans come of them."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from typing import TYPE_CHECKING

import pytest

from papers import entries_of, excel, head, plan_of, reading, table, word

if TYPE_CHECKING:
    from pathlib import Path

REGISTER = word(
    ("Сумын Засаг даргын 2024 оны 5 дугаар захирамжийн\n2 дугаар хавсралт", "r"),
    ("СУМЫН ИТХ-ЫН ТОГТООЛЫН ХЭРЭГЖИЛТ", "cb"),
    ("2024 оны эхний хагас жил", "cb"),
    "2024 оны 06 дугаар сарын 28-ны өдөр\tХонгор",
    table(r"""
Шийдвэр\nД/д | Заалт Д/д | Шийдвэрийн нэр, огноо, дугаар | Заалтын агуулга | Хэрэг-\nжилтийн явц | Үнэлгээ | <
^ | ^ | ^ | ^ | ^ | Өөрийн | Дээд шатны
1 | 2 | 3 | 4 | 5 | 6 | 7
Аймгийн ИТХ-ын тогтоол | < | < | < | < | < | <
1 | 1 | Зам засах тухай\n2023-05-04 №12 | 1. Зам засах | Засвар хийв:\n- 3 гүүр\n- 2 км зам | 100% | 90%
^ | 2 | ^ | 2. Гэрэлтүүлэх | Хугацаа болоогүй | - | -
"""),
    table("""
Хянасан: | Тамгын газрын дарга | Д.Болд
Гаргасан: | Мэргэжилтэн | С.Наран
"""),
)
PROGRAMME = word(
    ("БИЗНЕСИЙГ ДЭМЖИХ ХӨТӨЛБӨР", "cb"),
    ("Нэг. Үндэслэл", "b"),
    "Орлогыг нэмэгдүүлэх шаардлагатай.",
    ("Хоёр. Зорилт", "b"),
    "2.1. Борлуулалтыг дэмжих",
    "2.1.1. Үзэсгэлэн худалдаа гаргана.",
    table(r"""
№ | Шалгуур үзүүлэлт | Хэмжих нэгж | Суурь түвшин\n2020 | Зорилтот түвшин | <
^ | ^ | ^ | ^ | 2021 | 2022
1 | Борлуулалт | сая төгрөг | 175 | 187 | 199
"""),
)
WORKBOOK = excel(
    ["2024 оны жилийн эцсийн ажлын биелэлт"],
    ["Салбар", "Д/д", "Арга хэмжээ", "Хугацаа", "Хэрэгжилт", "Хувь"],
    ["ХАА", 1, "Өвс бэлтгэх", date(2024, 9, 30), "40 тн бэлтгэв", 0.9],
    [None, 2, "Мал тоолох", "IV улирал", "Тоолов", 1],
    ["Соёл", 3, "Тоглолт", "II улирал", "-", 0],
    formats={"F3": "0%", "F4": "0%", "F5": "0%"},
)
FILES = {"register.docx": REGISTER, "programme.docx": PROGRAMME, "works.xlsx": WORKBOOK}


@pytest.fixture(scope="module")
def resaved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with what LibreOffice makes of the files in its formats, and of those in Word's and Excel's."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("office")
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for pattern, to in (("*.docx", "odt"), ("*.xlsx", "ods"), ("odt/*.odt", "docx"), ("ods/*.ods", "xlsx")):
        paths = [str(path) for path in folder.glob(pattern)]
        command = [soffice, profile, "--headless", "--convert-to", to, "--outdir", str(folder / to), *paths]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder


@pytest.mark.office
@pytest.mark.parametrize(
    ("name", "again"),
    [
        *((f"{name}.docx", f"{kind}/{name}.{kind}") for name in ("register", "programme") for kind in ("odt", "docx")),
        *(("works.xlsx", f"{kind}/works.{kind}") for kind in ("ods", "xlsx")),
    ],
)
def test_a_paper_saved_by_libreoffice_comes_to_the_same_plan(resaved: Path, name: str, again: str) -> None:
    first = reading(FILES[name], name)

    second = reading((resaved / again).read_bytes(), name)

    assert head(second) == head(first)
    assert plan_of(second) == plan_of(first)
    assert entries_of(second) == entries_of(first)


def test_what_the_three_papers_come_to() -> None:
    registers, programme, works = (reading(content, name) for name, content in FILES.items())

    assert entries_of(registers) == [
        {"progress": "Засвар хийв:\n- 3 гүүр\n- 2 км зам", "self": "100", "superior": "90"},
        {"state": "not-due"},
    ]
    assert plan_of(programme)["indicators"][0]["targets"] == {"2021": "187", "2022": "199"}
    assert [entry["self"] for entry in entries_of(works)] == ["90", "100", "0"]
