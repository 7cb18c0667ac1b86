"""Many texts as one array: nothing is lost on the way in, and pieces come back as they were."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchmark.engine.screening.text.points import NotUtf8, Points

TEXTS = st.lists(st.one_of(st.none(), st.text(max_size=12)), max_size=12)


def texts_of(points: Points) -> list[str]:
    return ["".join(map(chr, points.points[a:b])) for a, b in zip(points.bounds[:-1], points.bounds[1:], strict=True)]


@given(TEXTS, st.integers(0, 5), st.sampled_from([pa.string(), pa.large_string(), pa.string_view()]))
def test_every_text_is_there(texts: list[str | None], skipped: int, kind: pa.DataType) -> None:
    array = pa.array(texts, kind).slice(skipped)
    assert texts_of(Points.of(array)) == [text or "" for text in texts[skipped:]]


@given(TEXTS, TEXTS)
def test_chunks_and_columns_are_put_one_after_another(first: list[str | None], second: list[str | None]) -> None:
    chunked = pa.chunked_array([pa.array(first, pa.string()), pa.array(second, pa.string())])
    assert texts_of(Points.of(chunked)) == [text or "" for text in first + second]
    both = Points.joined([Points.of(pa.array(first, pa.string())), Points.of(pa.array(second, pa.string()))])
    assert texts_of(both) == [text or "" for text in first + second]


@given(st.lists(st.text(min_size=1, max_size=9), min_size=1, max_size=6), st.data())
def test_pieces_come_back(texts: list[str], data: st.DataObject) -> None:
    cuts = []
    for i, text in enumerate(texts):
        start = data.draw(st.integers(0, len(text)))
        cuts.append((i, start, data.draw(st.integers(start, len(text)))))
    text, start, end = (np.array(column) for column in zip(*cuts, strict=True))
    pieces = Points.of(pa.array(texts)).cut(text, start, end)
    pieces.validate(full=True)
    assert pieces.to_pylist() == [texts[i][a:b] for i, a, b in cuts]


def test_only_some_texts() -> None:
    points = Points.of(pa.array(["ab", "", "čd𝐞"]))
    assert texts_of(points.only(np.array([1, 2]))) == ["", "čd𝐞"]


def strings(*texts: bytes) -> pa.StringArray:
    ends = np.cumsum([0, *map(len, texts)]).astype(np.int32)
    return pa.StringArray.from_buffers(len(texts), pa.py_buffer(ends.tobytes()), pa.py_buffer(b"".join(texts)))


PARTS = [b"a", b"\x7f", b"\x80", b"\xc0\x80", b"\xc2\xa0", b"\xdf", b"\xe0\x80\x80", b"\xe4\xb8\xad", b"\xed\xa0\x80"]
PARTS += [
    b"\xf0\x9f\x8e\x80",
    b"\xf0\x80\x80\x80",
    b"\xf4\x8f\xbf\xbf",
    b"\xf4\x90\x80\x80",
    b"\xf5",
    b"\xff",
    b"\xef\xbf\xbf",
]


@given(st.lists(st.one_of(st.sampled_from(PARTS), st.binary(max_size=4)), max_size=6))
def test_bytes_are_taken_and_refused_as_python_does(texts: list[bytes]) -> None:
    try:
        expected = [text.decode("utf-8") for text in texts]
    except UnicodeDecodeError:
        with pytest.raises(NotUtf8):
            Points.of(strings(*texts))
    else:
        assert texts_of(Points.of(strings(*texts))) == expected


def test_bytes_that_are_no_text_are_refused() -> None:
    broken = pa.StringArray.from_buffers(1, pa.py_buffer(b"\0\0\0\0\2\0\0\0"), pa.py_buffer(b"\xff\xfe"))
    with pytest.raises(NotUtf8, match="UTF-8"):
        Points.of(broken)
