"""Lists of listings in spreadsheets: read row by row, whatever the file tries."""

import csv
import zipfile
from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook

from touchmark.integrations.files import lists
from touchmark.integrations.files.formats import UnusableFile
from touchmark.integrations.files.lists import Line, RefusedLine, Wrong, read_list, refused_file

SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def book(*rows: tuple[object, ...]) -> bytes:
    made, file = Workbook(), BytesIO()
    for row in rows:
        made.active.append(row)  # type: ignore[union-attr]
    made.save(file)
    return file.getvalue()


def with_sheet(xml: str) -> bytes:
    """Give a workbook whose sheet was written by hand."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(book(("x",)))) as whole, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as changed:
        for part in whole.infolist():
            changed.writestr(part.filename, xml if "sheet1" in part.filename else whole.read(part))
    return file.getvalue()


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ((("url",), ("https://a.example/1",)), [Line(2, url="https://a.example/1")]),
        ((("Platform", "ID"), ("bazaar", 4711)), [Line(2, listing_id="4711", marketplace="bazaar")]),
        ((("平台", "商品编号"), ("bazaar", "0047")), [Line(2, listing_id="0047", marketplace="bazaar")]),
        ((("https://a.example/1",), (), ("L-2",)), [Line(1, url="https://a.example/1"), Line(3, url="L-2")]),
        (((), (), ("Link", "Note"), ("https://a.example/1", "x")), [Line(4, url="https://a.example/1")]),
        ((), []),
    ],
)
def test_columns_are_known_by_what_people_call_them(rows: tuple[tuple[object, ...], ...], found: list[Line]) -> None:
    assert read_list(book(*rows), "list.xlsx") == (found, [])


def test_csv_is_read_as_programs_write_it() -> None:
    for text in (
        "url;note\nhttps://a.example/1;x\n",
        "url\tnote\r\nhttps://a.example/1\tx",
        "url\nhttps://a.example/1",
    ):
        assert read_list(text.encode("utf-8-sig"), "list.csv")[0] == [Line(2, url="https://a.example/1")]


@pytest.mark.parametrize(
    ("cell", "wrong"),
    [
        (date(2026, 8, 1), Wrong.NOT_TEXT),
        (1_000_000_000_000_005, Wrong.ROUNDED),
        ("#REF!", Wrong.BROKEN),
        ("x" * 2_001, Wrong.TOO_LONG),
    ],
)
def test_a_cell_that_names_no_listing_is_given_back(cell: object, wrong: Wrong) -> None:
    lines, refused = read_list(book(("listing_id",), (cell,)), "list.xlsx")
    assert lines == []
    assert [(one.row, one.field, one.wrong) for one in refused] == [(2, "listing_id", wrong)]


def test_a_row_that_names_nothing_is_given_back_and_one_that_is_empty_is_passed() -> None:
    _, refused = read_list(b"listing_id,marketplace\n,bazaar\n,,\n", "list.csv")
    assert refused == [RefusedLine(2, "listing_id", "", Wrong.EMPTY)]


def test_cells_that_stand_far_out_cost_nothing() -> None:
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    with pytest.raises(UnusableFile, match="more than 5000 rows"):
        read_list(with_sheet(f"<worksheet {SHEET}><sheetData>{far}</sheetData></worksheet>"), "far.xlsx")
    wide = '<row r="1"><c r="A1"><v>7</v></c><c r="XFD1"><v>2</v></c></row>'
    sheet = f'<worksheet {SHEET}><dimension ref="A1:XFD1048576"/><sheetData>{wide}</sheetData></worksheet>'
    assert read_list(with_sheet(sheet), "wide.xlsx")[0] == [Line(1, url="7")]


@pytest.mark.parametrize(
    "sheet",
    [
        '<!DOCTYPE a [<!ENTITY b "aaaa">]><worksheet><sheetData><row><c><v>&b;</v></c></row></sheetData></worksheet>',
        "<worksheet><sheetData>",
        "",
    ],
)
def test_what_is_no_sheet_is_refused(sheet: str) -> None:
    with pytest.raises(UnusableFile, match="cannot be read as a workbook"):
        read_list(with_sheet(sheet), "list.xlsx")


def test_what_unpacks_to_too_much_is_not_unpacked() -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"\0" * (lists.MOST_UNPACKED + 1))
    assert len(file.getvalue()) < lists.MOST_BYTES
    with pytest.raises(UnusableFile, match="unpacks to more than"):
        read_list(file.getvalue(), "bomb.xlsx")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"x" * (lists.MOST_BYTES + 1), "larger than 5 MB"),
        (b"PK\x03\x04", "damaged"),
        (book(("x",))[:-40], "damaged"),
        (b"a\0b", "no text file"),
        (b"\xff\xfeh\x00", "neither UTF-8 text"),
        ("\n".join(map(str, range(5_001))).encode(), "more than 5000 rows"),
        (b'"' + b"x" * 200_000, "save it as CSV again"),
    ],
)
def test_a_file_that_cannot_be_used_says_what_to_do(data: bytes, says: str) -> None:
    with pytest.raises(UnusableFile, match=says):
        read_list(data, "list")


def test_a_quotation_mark_that_is_not_closed_is_told_whatever_else_runs_here() -> None:
    before = csv.field_size_limit(2**31 - 1)  # as readers of feeds raise it, for the whole process
    try:
        with pytest.raises(UnusableFile, match="not closed; save it as CSV again"):
            read_list(b'"' + b"x" * 200_000, "list")
    finally:
        csv.field_size_limit(before)


def test_no_spreadsheet_computes_what_is_given_back() -> None:
    given = ["=HYPERLINK(1)", "+1", "-1", "@x", "\tx", 'a"b,c']
    rows = refused_file((1, "url", text, "why", "what") for text in given).splitlines()[1:]
    assert [row.split(",", 2)[2][0] for row in rows] == ["'", "'", "'", "'", "'", '"']
