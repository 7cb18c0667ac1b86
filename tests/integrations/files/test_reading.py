import csv
import io
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from touchmark.integrations.files import csv_frames, json_rows
from touchmark.integrations.files.formats import UnusableFile
from touchmark.integrations.files.reading import Batch, open_table, read_whole
from touchmark.integrations.files.tables import LISTINGS, RIGHTS, SELLERS, Table


def written(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def batches(path: Path, table: Table = LISTINGS, **options: Any) -> list[Batch]:
    return list(open_table(path, table, **options))


def test_the_same_listings_read_the_same_from_every_format(tmp_path: Path) -> None:
    row = {
        "title": 'Red "Orla" bag, new\nwith box',
        "listing_id": "00123",
        "brand": "NA",
        "price": "12.90",
        "quantity": "3",
        "images": ["a.jpg", "b/c.png"],
        "attributes": '{"colour": "red"}',
        "published_at": "2026-03-31T14:05:00+02:00",
        "warehouse": "7",
    }
    text = io.StringIO()
    writer = csv.DictWriter(text, row)
    writer.writeheader()
    writer.writerow(row | {"images": "a.jpg|b/c.png"})
    paths = [
        written(tmp_path, "l.csv", text.getvalue()),
        written(tmp_path, "l.jsonl", json.dumps(row | {"attributes": {"colour": "red"}}) + "\n"),
        tmp_path / "l.parquet",
    ]
    pq.write_table(pa.Table.from_pylist([row]), paths[2])
    (first,), (second,), (third,) = (batches(path) for path in paths)
    assert first.rows.schema.equals(LISTINGS.schema)
    assert first.rows.equals(second.rows)
    assert first.rows.equals(third.rows)
    for batch in (first, second, third):
        assert batch.extra is not None
        assert batch.extra.to_pylist() == [{"warehouse": "7"}]
    found = first.rows.to_pylist()[0]
    assert (found["listing_id"], found["brand"], found["price"], found["row"]) == ("00123", "NA", 12.9, 1)
    assert found["images"] == ["a.jpg", "b/c.png"]
    assert found["published_at"].isoformat() == "2026-03-31T12:05:00+00:00"
    assert found["description"] is None
    assert found["unreadable"] == []


def test_native_parquet_types_are_read_as_their_text(tmp_path: Path) -> None:
    table = pa.table(
        {
            "listing_id": pa.array([7, 8]),
            "title": pa.array(["a", "b"]).dictionary_encode(),
            "price": pa.array([12.9, float("nan")], pa.float32()),
            "quantity": pa.array([3.0, None]),
            "attributes": pa.array([{"colour": "red"}, None]),
            "published_at": pa.array([0, 1], pa.timestamp("ns")),
            "views": pa.nulls(2),
            "images": pa.array([["x.jpg"], []], pa.large_list(pa.string())),
        }
    )
    path = tmp_path / "l.parquet"
    pq.write_table(table, path)
    (batch,) = batches(path)
    first, second = batch.rows.to_pylist()
    assert (first["listing_id"], first["price"], first["quantity"]) == ("7", 12.9, 3)
    assert first["attributes"] == '{"colour": "red"}'
    assert (first["images"], second["images"], second["price"]) == (["x.jpg"], None, None)
    assert not batch.problems


#: (column, what a file says, whether it is unreadable)
VALUES = [
    ("price", "12,90 €", True),
    ("price", "-3", True),
    ("price", "1e400", True),
    ("price", "nan", True),
    ("price", " 12 ", False),
    ("quantity", "1.5", True),
    ("quantity", "2.0", False),
    ("sold_count", "-1", True),
    ("published_at", "31.03.2026", True),
    ("published_at", "2026-02-30T10:00:00Z", True),
    ("published_at", "2026-03-31", False),
    ("attributes", "{broken", True),
    ("attributes", '"only text"', True),
    ("attributes", "[" * 100_000, True),
]


@pytest.mark.parametrize(("column", "value", "bad"), VALUES)
def test_an_unreadable_optional_value_is_dropped_with_a_warning(
    tmp_path: Path, column: str, value: str, bad: bool
) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([["listing_id", "title", column], ["1", "a", ""], ["2", "b", value]])
    (batch,) = batches(written(tmp_path, "l.csv", text.getvalue()))
    first, second = batch.rows.to_pylist()
    assert (first[column], first["unreadable"]) == (None, [])
    assert (second[column] is None) == bad
    assert second["unreadable"] == ([column] if bad else [])
    assert [(p.row, p.column, p.severity) for p in batch.problems] == ([(2, column, "warning")] if bad else [])
    assert all(p.reason and p.remedy and p.value and len(p.value) <= 200 for p in batch.problems)


#: (rights.csv after its header "right_id,kind,text,image", the rows refused with their columns)
REFUSED = [
    ("w1,word_mark,,\n", [(1, "text")]),  # neither text nor image
    (",word_mark,Orla,\n", [(1, "right_id")]),
    ("w1,wordmark,Orla,\n", [(1, "kind")]),  # not a known kind
    ("w1,,Orla,\n", [(1, "kind")]),
    ("w1,word_mark,Orla,\nw1,word_mark,Orla Due,\n", [(2, "right_id")]),  # repeated: the first stays
    ("w1,,Orla,\nw1,word_mark,Orla,\n", [(1, "kind")]),  # a refused row does not take the id
    ("w1,word_mark,Orla\n", [(1, "")]),  # a cell too few
    (",,,\n", [(1, "right_id"), (1, "kind"), (1, "text")]),
]


@pytest.mark.parametrize(("body", "refused"), REFUSED)
def test_a_right_is_refused_by_row_and_column(tmp_path: Path, body: str, refused: list[tuple[int, str]]) -> None:
    rights, problems = read_whole(written(tmp_path, "r.csv", "right_id,kind,text,image\n" + body), RIGHTS)
    assert [(p.row, p.column) for p in problems] == refused
    assert all(p.severity == "refused" and p.reason and p.remedy for p in problems)
    assert not {row for row, _ in refused} & set(rights["row"].to_pylist())


def test_a_repeated_right_names_the_first_row(tmp_path: Path) -> None:
    body = "right_id,kind,text\nw1,word_mark,Orla\nw2,word_mark,Orla\nw1,word_mark,Orla\n"
    _, problems = read_whole(written(tmp_path, "r.csv", body), RIGHTS)
    assert [p.reason for p in problems] == ["the same right_id as row 1"]


def test_a_repeated_listing_is_read_each_time(tmp_path: Path) -> None:
    (batch,) = batches(written(tmp_path, "l.csv", "listing_id,title\n1,a\n1,a\n"))
    assert batch.rows["row"].to_pylist() == [1, 2]


def test_one_seller_may_be_on_two_marketplaces(tmp_path: Path) -> None:
    sellers, problems = read_whole(written(tmp_path, "s.csv", "seller_id,marketplace\n1,a\n1,b\n1,a\n1,\n"), SELLERS)
    assert sellers["row"].to_pylist() == [1, 2, 4]
    assert [p.row for p in problems] == [3]


def test_lists_and_classes(tmp_path: Path) -> None:
    header = "right_id,kind,text,nice_classes,territories,aliases\n"
    body = "a,word_mark,A,18|25,US| EU,x||y\nb,word_mark,B,18|x,,\nc,word_mark,C,46,||,\n"
    rights, problems = read_whole(written(tmp_path, "r.csv", header + body), RIGHTS)
    assert rights["nice_classes"].to_pylist() == [[18, 25], None, None]
    assert rights["territories"].to_pylist() == [["US", "EU"], None, None]
    assert rights["aliases"].to_pylist() == [["x", "y"], None, None]
    assert [(p.row, p.column, p.value) for p in problems] == [(2, "nice_classes", "18|x"), (3, "nice_classes", "46")]


#: (name, content, what the refusal must name)
UNUSABLE: list[tuple[str, bytes, list[str]]] = [
    ("l.csv", b"", ["empty"]),
    ("l.csv", "listing_id,title\n1,caf\u00e9\n".encode("latin-1"), ["byte 22", "line 2", "0xE9", "UTF-8"]),
    ("l.csv", "listing_id,title\n1,a\n".encode("utf-16"), ["UTF-16"]),
    ("l.csv", "listing_id,title\n1,a\n".encode("utf-16-le"), ["NUL", "UTF-16"]),
    ("l.csv", "listing_id,title\n1,漢".encode()[:-1], ["cut off", "byte 19"]),
    ("l.csv", b"listing_id;title\n1;a\n", ["no column listing_id", "listing_id;title", "commas"]),
    ("l.csv", b"id,name\n1,a\n", ["no column listing_id", "id, name"]),
    ("l.csv", b"listing_id,title,title\n1,a,b\n", ["'title'", "more than once"]),
    ("l.jsonl", b'{"listing_id": "\xff"}\n', ["byte 16", "line 1"]),
    ("l.parquet", b"PAR1 or not", ["not a sound Parquet"]),
    ("l.xlsx", b"", [".csv", ".jsonl", ".ndjson", ".parquet"]),
    ("l", b"", [".csv"]),
]


@pytest.mark.parametrize(("name", "content", "named"), UNUSABLE)
def test_an_unusable_file_is_refused_before_a_row_is_read(
    tmp_path: Path, name: str, content: bytes, named: list[str]
) -> None:
    with pytest.raises(UnusableFile) as refusal:
        open_table(written(tmp_path, name, content), LISTINGS)
    assert all(word in str(refusal.value) for word in [name, *named]), str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_wrong_byte_is_found_by_its_place_however_far(tmp_path: Path) -> None:
    good = "listing_id,title\n" + "1,漢字\n" * 300_000
    with pytest.raises(UnusableFile, match=rf"byte {len(good.encode()) + 2:,} \(line 300,002\)"):
        open_table(written(tmp_path, "l.csv", good.encode() + b"2,\xff\n"), LISTINGS)


def test_what_is_not_there_or_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableFile, match="no such file"):
        open_table(tmp_path / "l.csv", LISTINGS)
    (tmp_path / "d.csv").mkdir()
    with pytest.raises(UnusableFile, match="not a file"):
        open_table(tmp_path / "d.csv", LISTINGS)


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    (batch,) = batches(written(tmp_path, "l.csv", b"\xef\xbb\xbflisting_id,title\n1,a\n"))
    assert batch.rows["listing_id"].to_pylist() == ["1"]
    (batch,) = batches(written(tmp_path, "l.jsonl", b'\xef\xbb\xbf{"listing_id":"1","title":"a"}\n'))
    assert batch.rows["listing_id"].to_pylist() == ["1"]


def test_a_header_alone_is_a_file_without_rows(tmp_path: Path) -> None:
    listings, problems = read_whole(written(tmp_path, "l.csv", "listing_id,title\n"), LISTINGS)
    assert listings.num_rows == 0
    assert listings.schema.equals(LISTINGS.schema)
    assert not problems


#: (a line of JSON, whether it is refused, the title if not)
LINES = [
    ('{"listing_id": "1", "title": "a"', True, None),
    ("[1, 2]", True, None),
    ('{"listing_id": "1", "title": ["a"]}', True, None),
    ('{"listing_id": "1", "title": NaN}', True, None),
    ('{"listing_id": "1", "title": ' + "[" * 50_000 + "]" * 50_000 + "}", True, None),
    ('{"listing_id": "1"}', True, None),
    ('{"listing_id": 1, "title": 0.10}', False, "0.10"),  # a number keeps its digits
    ('{"listing_id": "1", "title": true}', False, "true"),
    ('{"listing_id": "1", "title": "\\ud83d\\ude00\\ud800"}', False, "😀\ufffd"),
    ('{"listing_id": "1", "title": "a\\u0000b"}', False, "a\ufffdb"),
    ('{"listing_id": "1", "title": "a", "own": {"much": 1e999}}', False, "a"),  # a number that no float holds
    ('{"listing_id": "1", "title": "a", "own": 1e99999999999999999999}', True, None),  # and one that nothing does
    ('{"listing_id": "1", "title": "a", "\\ud800": "b"}', False, "a"),  # half a character in a column's name
    *(
        ('{"listing_id": "1", "title": "a", "' + name + '": ' + "[" * deep + "]" * deep + "}", True, None)
        for name in ("attributes", "own")
        for deep in (101, 990)  # the reader's own limit would come where what is read can be written no more
    ),
]


@pytest.mark.parametrize(("line", "refused", "title"), LINES)
def test_a_broken_line_costs_itself_only(tmp_path: Path, line: str, refused: bool, title: str | None) -> None:
    good = '{"listing_id": "g", "title": "good"}\n'
    rows, problems = read_whole(written(tmp_path, "l.jsonl", f"{good}\n{line}\n{good}"), LISTINGS)
    found = dict(zip(rows["row"].to_pylist(), rows["title"].to_pylist(), strict=True))
    assert found == {1: "good", 3: "good"} | ({} if refused else {2: title})
    assert [(p.row, p.severity) for p in problems] == ([(2, "refused")] if refused else [])


def test_a_column_whose_name_is_broken_is_kept_under_one_that_can_be(tmp_path: Path) -> None:
    line = '{"listing_id": "1", "title": "a", "\\ud800": "b", "attributes": {"much": 1e999}}'
    (batch,) = open_table(written(tmp_path, "l.jsonl", line), LISTINGS)
    assert batch.extra.to_pylist() == [{"\ufffd": "b"}]
    assert batch.rows["attributes"].to_pylist() == ['{"much": "1E+999"}']


def test_json_values_of_the_wrong_kind_are_warnings(tmp_path: Path) -> None:
    line = json.dumps({"listing_id": "1", "title": "a", "images": "a.jpg", "brand": {"x": 1}, "price": [1]})
    (batch,) = batches(written(tmp_path, "l.ndjson", line))
    assert sorted(p.column for p in batch.problems) == ["brand", "images", "price"]
    assert sorted(batch.rows["unreadable"].to_pylist()[0]) == ["brand", "images", "price"]


def test_a_line_too_long_is_refused_and_the_rest_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_rows, "BLOCK", 50)
    monkeypatch.setattr(json_rows, "LONGEST", 200)
    good = '{"listing_id": "g", "title": "good"}\n'
    long = '{"listing_id": "l", "title": "' + "x" * 1000 + '"}\n'
    rows, problems = read_whole(written(tmp_path, "l.jsonl", good + long + good), LISTINGS)
    assert rows["row"].to_pylist() == [1, 3]
    assert [(p.row, p.severity) for p in problems] == [(2, "refused")]


def test_a_parquet_column_of_the_wrong_kind_is_refused_whole(tmp_path: Path) -> None:
    pq.write_table(pa.table({"listing_id": ["1"], "title": ["a"], "images": ["a.jpg"]}), tmp_path / "l.parquet")
    with pytest.raises(UnusableFile, match="images is string; write it as a list of text"):
        open_table(tmp_path / "l.parquet", LISTINGS)


cell = st.text(st.sampled_from('a|",\n é漢0.'), max_size=5)


@settings(max_examples=150)
@given(
    rows=st.lists(st.tuples(cell, cell, cell), max_size=12),
    block=st.integers(1, 60),
    batch_rows=st.integers(1, 5),
)
def test_reading_agrees_with_a_slow_obvious_reader(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]], block: int, batch_rows: int
) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([("listing_id", "title", "images"), *rows])
    path = written(tmp_path_factory.mktemp("hypothesis"), "l.csv", text.getvalue())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_frames, "BLOCK", block)
        found = batches(path, batch_rows=batch_rows)
    expected = [
        (number, listing_id, title, [part.strip() for part in images.split("|") if part.strip()] or None)
        for number, (listing_id, title, images) in enumerate(rows, 1)
        if listing_id and title
    ]
    names = ("row", "listing_id", "title", "images")
    assert [tuple(row[name] for name in names) for batch in found for row in batch.rows.to_pylist()] == expected
    assert sum(batch.refused_rows for batch in found) == len(rows) - len(expected)
    assert all(batch.rows.num_rows <= batch_rows for batch in found)
    problem_rows = [p.row for batch in found for p in batch.problems]
    assert problem_rows == sorted(problem_rows)


def test_memory_stays_bounded_by_the_batch(tmp_path: Path) -> None:
    path = written(tmp_path, "l.csv", "listing_id,title\n" + f"1,{'x' * 100}\n" * 50_000)
    found = batches(path)
    assert len(found) >= 5
    assert sum(batch.rows.num_rows for batch in found) == 50_000
    assert [batch.share for batch in found] == sorted(batch.share for batch in found)
    assert found[-1].share == 1.0


@pytest.mark.parametrize("moment", ["0000-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:30:00-05:00"])
def test_a_moment_that_no_calendar_has_costs_itself_only(tmp_path: Path, moment: str) -> None:
    file = tmp_path / "listings.csv"
    file.write_text(f"listing_id,title,published_at\nL1,bag,{moment}\nL2,bag,2026-13-45\nL3,bag,2026-03-31\n")
    (batch,) = open_table(file, LISTINGS)
    assert [value is None for value in batch.rows.column("published_at").to_pylist()] == [True, True, False]
    assert [(problem.row, problem.column) for problem in batch.problems] == [(1, "published_at"), (2, "published_at")]
