"""What somebody sends who wants screening to fall over: never an exception, and bounds that can be counted."""

import tracemalloc
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.screening.image.drawing import encoded, photo
from tests.engine.screening.scene import listings
from tests.engine.screening.snapshot.small_register import table

from touchmark.engine.screening.image.unreadable import ImageBytes
from touchmark.engine.screening.model import Model
from touchmark.engine.screening.schemas import ASSESSMENTS, FINDINGS
from touchmark.engine.screening.screen import screen
from touchmark.engine.screening.snapshot.compile import compile_register
from touchmark.engine.screening.snapshot.snapshot import Snapshot

MODEL = Model.default()
#: So many findings of one right in one field are written (the contract).
MOST = 20
FIELDS = ("title", "brand", "description", "attributes")

NAMES = ("Velmora", "Louis Vuitton", "香奈儿", "구찌", "Найк", "シャネル", "Levi's", "AJ1", "Off-White")


def compiled(*names: str) -> Snapshot:
    rights = ({"right_id": f"r{n}", "kind": "word_mark", "text": name} for n, name in enumerate(names))
    return compile_register(table(*rights), None)[0]


SNAPSHOT = compiled(*NAMES)


def screened(
    rows: list[dict[str, Any]], snapshot: Snapshot = SNAPSHOT, image_bytes: ImageBytes | None = None
) -> tuple[pa.Table, pa.Table]:
    """Screen, and hold what comes out to the contract."""
    batch = listings(*rows)
    findings, assessments = screen(batch, image_bytes, snapshot, MODEL)
    findings.validate(full=True)
    assessments.validate(full=True)
    assert len(assessments) == len(rows)
    per_field: dict[tuple[int, str, str], int] = {}
    for found in findings.to_pylist():
        key = (found["row"], found["right_id"], found["field"])
        per_field[key] = per_field.get(key, 0) + 1
        if found["start"] is not None:
            text = batch[found["field"]][found["row"] - 1].as_py()
            assert 0 <= found["start"] < found["end"] <= len(text)
            assert text[found["start"] : found["end"]] == found["surface"]
    assert all(count <= MOST for count in per_field.values())
    return findings, assessments


# --- texts ---

ANY = st.characters(exclude_categories=["Cs"])
#: What nobody sees, turns direction, heaps up, becomes several or is not assigned.
SPITEFUL = st.sampled_from(
    "\u200b\u200d\u2060\ufeff\u202e\u202c\u2066\u2069\u0336\u035c\ufe0f\u3164\u115f\u00ad\u0000"
    "\u0130ßﬁ㍿﷽𝐆🅰🇬\U000e0041\U0010ffff*~.&#;"
)
SCRAPS = st.sampled_from(
    [*NAMES, "for ", "case ", "&#71;", "&amp;", "G*", "～", "V e l", "velm", "ora", "适用", " 15 "]
)
TEXTS = st.lists(st.one_of(SCRAPS, st.text(ANY, max_size=6), st.text(SPITEFUL, max_size=5)), max_size=9).map("".join)
ROWS = st.fixed_dictionaries(
    {
        "title": TEXTS,
        "brand": st.none() | TEXTS,
        "description": st.none() | TEXTS,
        "attributes": st.none() | TEXTS,
        "category": st.none() | TEXTS,
        "currency": st.none() | TEXTS,
        "condition": st.none() | TEXTS,
        "price": st.none() | st.floats(),
        "quantity": st.none() | st.integers(-(2**63), 2**63 - 1),
    }
)


@settings(max_examples=30)
@given(st.lists(ROWS, max_size=6), st.integers(1, 5))
def test_any_text_in_any_field_however_the_batch_is_cut(rows: list[dict[str, Any]], size: int) -> None:
    whole = screened(rows)
    batch = listings(*rows)
    parts = [screen(batch.slice(at, size), None, SNAPSHOT, MODEL) for at in range(0, len(rows), size)]
    for i, schema in enumerate((FINDINGS, ASSESSMENTS)):
        assert pa.concat_tables([schema.empty_table(), *(part[i] for part in parts)]).equals(whole[i])


@settings(max_examples=15)
@given(st.lists(TEXTS, min_size=1, max_size=5), ROWS)
def test_any_text_as_a_mark(names: list[str], row: dict[str, Any]) -> None:
    screened([row, {"title": " ".join(names) or "x"}], compiled(*names))


# A long title of one kind each: letters of a mark, signs, what nobody sees, heaps, digits, one long word.
@pytest.mark.parametrize(
    "piece", ["Velmora ", "v.", "V e l m o r a ", "\u200b", "a\u0336", "1", "velmor", "香奈", "&#71;", "*"]
)
def test_a_title_of_a_million_characters(piece: str) -> None:
    findings, _ = screened([{"title": (piece * (1_000_000 // len(piece) + 1))[:1_000_000]}, {"title": "Velmora bag"}])
    assert 2 in findings["row"].to_pylist()


def test_memory_for_a_long_title_is_some_hundred_times_its_length() -> None:
    """Counted on a second run, so that tables and machine code are loaded."""
    row = {"title": "Velmora v.e.l.m.o.r.a b a g 香奈儿 " * 3_000}
    screened([row])
    tracemalloc.start()
    screened([row])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000 * len(row["title"])


# --- registers ---


def test_ten_thousand_identical_marks_are_ten_thousand_findings() -> None:
    findings, _ = screened([{"title": "a Velmora bag"}, {"title": "nothing"}], compiled(*["Velmora"] * 10_000))
    assert len(findings) == 10_000
    assert len(set(findings["right_id"].to_pylist())) == 10_000


def test_marks_of_one_letter_do_not_flag_everything() -> None:
    titles = ["a b c d e f g", "vitamin c 500 mg", "size s m l", "x-ray 3 d", "你 好", "A", "x" * 500]
    findings, _ = screened([{"title": title} for title in titles], compiled("x", "C", "S", "é", "好", "!", "7"))
    assert len(findings) <= MOST * len(titles)


def test_marks_that_are_common_words_are_bounded_in_a_text_of_them() -> None:
    words = ("the", "and", "for", "new", "one", "black", "free", "size", "box", "with")
    findings, _ = screened([{"title": " ".join(words * 200), "description": " ".join(words * 500)}], compiled(*words))
    assert len(findings) <= len(words) * 2 * MOST


def test_a_mark_of_a_megabyte_is_refused_or_kept_and_harms_no_other() -> None:
    rights = table(
        {"right_id": "long", "kind": "word_mark", "text": "velmora " * 125_000},
        {"right_id": "short", "kind": "word_mark", "text": "Orovia"},
    )
    snapshot, _ = compile_register(rights, None)
    findings, _ = screened([{"title": "Orovia bag velmora velmora"}], snapshot)
    assert set(findings["right_id"].to_pylist()) == {"short"}


# --- pictures ---

WHOLE = {format: encoded(photo(7, (160, 120)), format) for format in ("JPEG", "PNG", "WEBP", "GIF")}
#: No picture is shorter, in bytes.
LEAST_PICTURE = 20
STARTS = st.sampled_from(
    [b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP", b"GIF89a", b"<svg ", *WHOLE.values()]
)
BROKEN = st.builds(
    lambda data, at, put: data[: at % (len(data) + 1)] + put + data[(at % (len(data) + 1)) + len(put) :],
    st.sampled_from(list(WHOLE.values())),
    st.integers(0, 10**6),
    st.binary(max_size=12),
)
PICTURES = st.one_of(st.binary(max_size=200), st.builds(bytes.__add__, STARTS, st.binary(max_size=60)), BROKEN)


@settings(max_examples=30)
@given(st.lists(PICTURES, min_size=1, max_size=4))
def test_any_bytes_as_a_picture(pictures: list[bytes]) -> None:
    """What could not be read is at least looked at by somebody."""
    snapshot = compile_register(
        table({"right_id": "p", "kind": "copyright", "image": "0"}), lambda name, /: WHOLE["PNG"]
    )[0]
    names = [str(n) for n in range(len(pictures))]
    rows = [{"title": "a bag", "images": names}, {"title": "Velmora"}]
    _, assessments = screened(rows, snapshot, lambda name, /: pictures[int(name)])
    if any(len(picture) < LEAST_PICTURE for picture in pictures):
        assert assessments["verdict"][0].as_py() != "clear"


def test_five_hundred_pictures_in_a_listing_are_each_asked_for_once() -> None:
    asked: list[str] = []

    def image_bytes(name: str, /) -> bytes:
        asked.append(name)
        return WHOLE["JPEG"] if int(name) % 2 else b"no picture"

    names = [str(n) for n in range(500)]
    _, assessments = screened([{"title": "Velmora", "images": names}], SNAPSHOT, image_bytes)
    assert len(asked) == len(set(asked)) <= 500
    assert assessments["verdict"][0].as_py() != "clear"
