import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from touchmark.engine.screening.schemas import FINDINGS, REFUSED
from touchmark.integrations.files.formats import UnusableFile
from touchmark.integrations.files.writing import Outputs, require_apart

REASON = {"feature": "mark_in_title", "value": "Orla", "weight": 1.5, "text": 'names "Orla"'}
FINDING: dict[str, Any] = {
    "row": 1,
    "listing_id": "00123",
    "marketplace": None,
    "right_id": "w1",
    "way": "plain",
    "confidence": 0.9,
    "reasons": [REASON],
    "field": "images",
    "start": None,
    "end": None,
    "surface": 'a,"b"\r',
    "image": "a.jpg",
    "box": [0, 0, 10, 20],
    "snapshot_id": "s",
    "model_version": "m",
}


def findings(rows: int = 1) -> pa.Table:
    return pa.Table.from_pylist([FINDING | {"row": row} for row in range(1, rows + 1)], schema=FINDINGS)


def write(path: Path, *tables: pa.Table) -> bytes:
    with Outputs() as outputs:
        output = outputs.add(path, FINDINGS)
        for table in tables:
            output.write(table)
    return path.read_bytes()


def test_csv_has_json_where_values_are_deep(tmp_path: Path) -> None:
    write(tmp_path / "f.csv", findings())
    table = pyarrow.csv.read_csv(tmp_path / "f.csv", parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True))
    (row,) = table.to_pylist()
    assert table.column_names == FINDINGS.names
    assert json.loads(row["reasons"]) == [REASON]
    assert row["box"] == "[0,0,10,20]"
    assert row["surface"] == 'a,"b"\r'
    assert row["marketplace"] is None


def test_json_lines_has_every_column_in_order(tmp_path: Path) -> None:
    (line,) = write(tmp_path / "f.jsonl", findings()).decode().splitlines()
    assert json.loads(line) == FINDING
    assert list(json.loads(line)) == FINDINGS.names


def test_parquet_keeps_the_types(tmp_path: Path) -> None:
    write(tmp_path / "f.parquet", findings())
    assert pq.read_table(tmp_path / "f.parquet").cast(FINDINGS).equals(findings())


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet"])
def test_how_rows_come_in_changes_no_byte(tmp_path: Path, suffix: str) -> None:
    whole = write(tmp_path / f"a.{suffix}", findings(100))
    parts = write(tmp_path / f"b.{suffix}", *(findings(100).slice(start, 7) for start in range(0, 100, 7)))
    assert whole == parts


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet"])
@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_an_interrupt_leaves_what_was_there(tmp_path: Path, suffix: str, error: type[BaseException]) -> None:
    path = tmp_path / f"f.{suffix}"
    path.write_bytes(b"before")

    def interrupted() -> None:
        with Outputs() as outputs:
            outputs.add(path, FINDINGS).write(findings())
            outputs.add(tmp_path / "other.csv", REFUSED)
            raise error

    with pytest.raises(error):
        interrupted()
    assert [found.name for found in tmp_path.iterdir()] == [path.name]
    assert path.read_bytes() == b"before"


def test_files_get_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    write(tmp_path / "f.csv", findings())
    (tmp_path / "plain").touch()
    assert (tmp_path / "f.csv").stat().st_mode == (tmp_path / "plain").stat().st_mode


@pytest.mark.parametrize("path", ["f.txt", "no/such/folder/f.csv", "folder.csv"])
def test_a_place_that_cannot_be_written_is_refused_at_once(tmp_path: Path, path: str) -> None:
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(UnusableFile, match=path), Outputs() as outputs:
        outputs.add(tmp_path / path, FINDINGS)


def test_two_outputs_in_one_place_are_refused(tmp_path: Path) -> None:
    with Outputs() as outputs:
        outputs.add(tmp_path / "f.csv", FINDINGS)
        with pytest.raises(UnusableFile, match="two outputs"):
            outputs.add(tmp_path / "x" / ".." / "f.csv", REFUSED)


def test_an_output_never_takes_the_place_of_an_input(tmp_path: Path) -> None:
    with pytest.raises(UnusableFile, match="also read"):
        require_apart([tmp_path / "l.csv"], [tmp_path / "x" / ".." / "l.csv"])
