"""
Lists of listings as people keep them in a spreadsheet: CSV, or a workbook of a spreadsheet program (XLSX).

The file is somebody's: what it unpacks to is measured before a reader sees it, one sheet is read, and nothing in it is
computed. Each row comes out with its number as the program shows it, or with what is the matter with it.
"""

import csv
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from io import BytesIO, StringIO

from touchmark.integrations.files.formats import UnusableFile

#: What is read at most: a list of listings is small, and what is larger is something else.
MOST_BYTES = 5 * 2**20
MOST_UNPACKED = 60 * 2**20
MOST_PARTS = 2_000
MOST_ROWS = 5_000
MOST_COLUMNS = 50
LONGEST_CELL = 2_000
#: A cell of so many letters is a quotation mark that was never closed. The limit of ``csv`` is one for the whole
#: process, and others of it raise it.
UNCLOSED = 100_000

#: Spreadsheet programs keep fifteen digits of a number, and make the others noughts.
DIGITS = 15

#: What people call the columns, in any case.
COLUMNS = {
    "url": {"url", "link", "address", "web address", "listing url", "链接", "网址", "商品链接"},
    "listing_id": {
        "listing_id",
        "listing id",
        "listing",
        "id",
        "item",
        "item id",
        "number",
        "商品编号",
        "商品id",
        "商品",
    },
    "marketplace": {"marketplace", "platform", "site", "shop system", "平台", "电商平台"},
}

_PACKED = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0"  # older workbooks, and those that are locked with a password
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a list, by its number in the file from 1; blank where a column is not there."""

    row: int
    url: str = ""
    listing_id: str = ""
    marketplace: str = ""


class Wrong(StrEnum):
    """What can be the matter with a row; whoever shows it has the words."""

    EMPTY = "empty"
    NOT_TEXT = "not_text"  # a date or a time: no number of a listing
    ROUNDED = "rounded"
    BROKEN = "broken"  # the spreadsheet could not compute it
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A row that names no listing: which field, what stood there, what is the matter."""

    row: int
    field: str
    given: str
    wrong: Wrong


def read_list(data: bytes, name: str) -> tuple[list[Line], list[RefusedLine]]:
    """
    Give the rows of a list, and those that name no listing.

    The first row names the columns; without such names, the first column holds addresses or numbers.

    :raises UnusableFile: if it is too large, unpacks to too much, is no such file, or is locked with a password
    """
    if len(data) > MOST_BYTES:
        raise UnusableFile(f"{name}: larger than {MOST_BYTES >> 20} MB; keep the list of listings alone in the file")
    if data.startswith(_COMPOUND):
        raise UnusableFile(f"{name}: locked with a password, or of an older format; save it as XLSX without a password")
    rows = _workbook(data, name) if data.startswith(_PACKED) else _text(data, name)
    if len(rows) > MOST_ROWS:
        raise UnusableFile(f"{name}: more than {MOST_ROWS} rows; cut it into several lists")
    return _lines(rows)


def refused_file(rows: Iterable[tuple[int, str, str, str, str]]) -> str:
    """
    Give refused rows as CSV; what a spreadsheet program would compute is kept from it by an apostrophe.

    :param rows: number, field, what stood there, what is the matter, what to do
    """
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(["row", "field", "given", "reason", "remedy"])
    writer.writerows([_harmless(str(value)) for value in row] for row in rows)
    return written.getvalue()


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_STARTS_FORMULA) else text


def _text(data: bytes, name: str) -> list[list[object]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnusableFile(f"{name}: neither UTF-8 text nor a workbook; save it as XLSX, or as CSV in UTF-8") from None
    if "\0" in text:
        raise UnusableFile(f"{name}: this is no text file; save it as XLSX, or as CSV in UTF-8")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows: list[list[object]] = [list(row[:MOST_COLUMNS]) for row in csv.reader(StringIO(text), delimiter=delimiter)]
    except csv.Error as fault:
        raise UnusableFile(f"{name}: {fault}; save it as CSV again") from None
    if any(len(str(cell)) > UNCLOSED for row in rows for cell in row):
        raise UnusableFile(f"{name}: a quotation mark is not closed; save it as CSV again")
    return rows


def _workbook(data: bytes, name: str) -> list[list[object]]:
    """Read the first sheet row by row: cells that stand far out in it cost nothing."""
    _require_small(data, name)
    from openpyxl import load_workbook  # costs every other start a tenth of a second

    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says of its own size may be a lie
        return [list(row) for row in sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS, values_only=True)]
    except Exception as fault:  # a hostile file can make a reader of XML raise anything
        raise UnusableFile(
            f"{name}: cannot be read as a workbook ({type(fault).__name__}); it may be damaged. Save it as XLSX again"
        ) from None


def _require_small(data: bytes, name: str) -> None:
    """Unpack every part in small steps and count: what a part says of its own size may be a lie."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            if len(packed.infolist()) > MOST_PARTS:
                raise UnusableFile(f"{name}: holds more than {MOST_PARTS} files; save the list as CSV")
            unpacked = 0
            for part in packed.infolist():
                with packed.open(part) as stream:
                    while step := stream.read(1 << 16):
                        unpacked += len(step)
                        if unpacked > MOST_UNPACKED:
                            raise UnusableFile(f"{name}: unpacks to more than {MOST_UNPACKED >> 20} MB; save it as CSV")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as fault:
        raise UnusableFile(f"{name}: damaged, or locked with a password ({fault}); save it as XLSX again") from None


def _lines(rows: Sequence[Sequence[object]]) -> tuple[list[Line], list[RefusedLine]]:
    columns, begin = _columns(rows)
    lines: list[Line] = []
    refused: list[RefusedLine] = []
    for number, cells in list(enumerate(rows, 1))[begin:]:
        if not any(_shown(cell) for cell in cells):
            continue
        found = _line(number, cells, columns)
        (lines if isinstance(found, Line) else refused).append(found)  # type: ignore[arg-type]
    return lines, refused


def _columns(rows: Sequence[Sequence[object]]) -> tuple[dict[str, int], int]:
    """Give where each column is, and how many rows come before the first listing."""
    for number, cells in enumerate(rows):
        heads = [_shown(cell).casefold() for cell in cells]
        if not any(heads):
            continue
        found = {name: heads.index(word) for name, word in _named(heads)}
        if found.keys() & {"url", "listing_id"}:
            return found, number + 1
        break
    return {"url": 0}, 0


def _named(heads: Sequence[str]) -> Iterator[tuple[str, str]]:
    for name, words in COLUMNS.items():
        if word := next((head for head in heads if head in words), ""):
            yield name, word


def _line(number: int, cells: Sequence[object], columns: dict[str, int]) -> Line | RefusedLine:
    said: dict[str, str] = {}
    for name, place in columns.items():
        cell = cells[place] if place < len(cells) else ""
        text, wrong = _cell(cell)
        if wrong:
            return RefusedLine(number, name, text[:200], wrong)
        said[name] = text
    if not said.get("url") and not said.get("listing_id"):
        return RefusedLine(number, "url" if "url" in columns else "listing_id", "", Wrong.EMPTY)
    return Line(number, **said)


def _shown(cell: object) -> str:
    return "" if cell is None else str(cell).strip()


def _cell(cell: object) -> tuple[str, Wrong | None]:
    """Give a cell as text, and what is the matter with it."""
    if isinstance(cell, date | datetime | time | timedelta):
        return str(cell), Wrong.NOT_TEXT
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        text = f"{cell:.0f}" if float(cell).is_integer() else str(cell)
        return text, Wrong.ROUNDED if len(text.lstrip("-")) > DIGITS else None
    text = " ".join(_shown(cell).split())
    if text.startswith("#") and text.rstrip("!?").isupper() and " " not in text:
        return text, Wrong.BROKEN
    return (text, None) if len(text) <= LONGEST_CELL else (text, Wrong.TOO_LONG)
