import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from touchmark.integrations.files import csv_frames
from touchmark.integrations.files.csv_frames import frames


def rows_of(data: bytes) -> tuple[list[list[str]], list[tuple[int, bytes]]]:
    """All good rows, and the broken ones by their number."""
    good: list[list[str]] = []
    broken: list[tuple[int, bytes]] = []
    first = 0
    for frame in frames(io.BytesIO(data)):
        found = list(csv.reader(io.StringIO(frame.data.decode(), newline=""), strict=True))
        good += [row for row in found if row]
        broken += [(first + b.place + 1, b.text) for b in frame.broken]
        first += len([row for row in found if row]) + len(frame.broken)
    return good, broken


BROKEN = [
    # an opening quote that is closed in the middle of the next row's value: only its own line is lost
    (b'L1,"Nice bag,,10\nL2,"Other",,20\nL3,c,,30\n', [["L2", "Other", "", "20"], ["L3", "c", "", "30"]], [1]),
    (b',"', [], [1]),
    # text after a closing quote
    (b'a,"b"c,1\nd,e,2\n', [["d", "e", "2"]], [1]),
    # a quote that is never closed, at the end of the file
    (b'a,b,1\nc,"d,2\ne,f,3\n', [["a", "b", "1"], ["e", "f", "3"]], [2]),
    # a quote within a value that is not quoted is text, as in Python's csv and in Arrow
    (b'a,13" laptop,1\nb,c,2\n', [["a", '13" laptop', "1"], ["b", "c", "2"]], []),
    # blank lines are no rows, so they shift no numbers
    (b'a,b\n\n\r\n"x,y\nc,d', [["a", "b"], ["c", "d"]], [2]),
    # old Macintosh line ends
    (b'a,b\rc,"d\re"\rf,g\r', [["a", "b"], ["c", "d\re"], ["f", "g"]], []),
    # quotes doubled, at either end, and alone
    (b'"""a""",""\n"a""b",""""\n', [['"a"', ""], ['a"b', '"']], []),
]


@pytest.mark.parametrize(("data", "good", "broken"), BROKEN)
def test_a_broken_quote_costs_one_line(data: bytes, good: list[list[str]], broken: list[int]) -> None:
    found, numbers = rows_of(data)
    assert found == good
    assert [number for number, _ in numbers] == broken


@pytest.mark.parametrize("block", [1, 7, 64, 1 << 20])
@pytest.mark.parametrize(("data", "good", "broken"), BROKEN)
def test_where_blocks_end_changes_nothing(
    data: bytes, good: list[list[str]], broken: list[int], block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_frames, "BLOCK", block)
    found, numbers = rows_of(data)
    assert found == good
    assert [number for number, _ in numbers] == broken


cells = st.text(st.sampled_from('a1",\n\r é漢'), max_size=6)


@settings(max_examples=300)
@given(
    table=st.lists(st.lists(cells, min_size=2, max_size=3), max_size=8),
    block=st.integers(1, 40),
    style=st.sampled_from([("\r\n", csv.QUOTE_MINIMAL), ("\n", csv.QUOTE_ALL)]),
    whole=st.booleans(),
)
def test_whatever_csv_writes_is_read_back(
    table: list[list[str]], block: int, style: tuple[str, int], whole: bool
) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=style[0], quoting=style[1]).writerows(table)
    data = text.getvalue().encode() if whole else text.getvalue().encode().removesuffix(style[0].encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_frames, "BLOCK", block)
        good, broken = rows_of(data)
    assert good == table
    assert not broken


@settings(max_examples=300)
@given(data=st.text(st.sampled_from('ab",\n\r'), max_size=60), block=st.integers(1, 40))
def test_counting_quotes_and_reading_row_by_row_agree(data: str, block: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_frames, "BLOCK", block)
        by_quotes = rows_of(data.encode())
        patch.setattr(csv_frames, "_end_of_rows", lambda *_, **__: None)
        row_by_row = rows_of(data.encode())
    assert by_quotes == row_by_row


def test_an_unclosed_quote_swallows_nothing_of_a_long_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_frames, "LONGEST", 1000)
    monkeypatch.setattr(csv_frames, "BLOCK", 300)
    rows = [f"L{number},plain".encode() for number in range(500)]
    rows[7] = b'L7,"plain'
    good, broken = rows_of(b"\n".join(rows))
    assert len(good) == 499
    assert broken == [(8, b'L7,"plain')]


def test_a_line_without_end_is_dropped_up_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_frames, "LONGEST", 1000)
    monkeypatch.setattr(csv_frames, "BLOCK", 300)
    good, broken = rows_of(b"a,b\n" + b"x" * 5000 + b"\nc,d\n")
    assert good == [["a", "b"], ["c", "d"]]
    assert [number for number, _ in broken] == [2]
