import csv
import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from touchmark.engine.screening.schemas import ASSESSMENTS, FINDINGS
from touchmark.integrations.files.reading import open_table
from touchmark.integrations.files.tables import LISTINGS as LISTINGS_TABLE
from touchmark.ops.cli import main

GOLDEN = Path(__file__).resolve().parent.parent / "golden"
LISTINGS, RIGHTS = GOLDEN / "listings.csv", GOLDEN / "rights.csv"
TIMES = 300


def screen(out: Path, *more: str, listings: Path = LISTINGS, rights: Path = RIGHTS) -> int:
    return main(["screen", str(listings), f"--rights={rights}", f"--out={out}", "--as-of=2026-03-31", *more])


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The golden listings as often as fills several batches."""
    folder = tmp_path_factory.mktemp("many")
    (folder / "images").symlink_to(GOLDEN / "images", target_is_directory=True)
    head, *body = LISTINGS.read_text("utf-8").splitlines(keepends=True)
    (folder / "listings.csv").write_text(head + "".join(body) * TIMES, encoding="utf-8")
    return folder / "listings.csv"


def test_any_number_of_workers_and_any_run_write_the_same_bytes(many: Path, tmp_path: Path) -> None:
    written = []
    for run, workers in enumerate((1, 1, 2)):
        paths = [tmp_path / f"{run}-{name}.csv" for name in ("findings", "assessments", "refused")]
        more = [f"--assessments={paths[1]}", f"--refused={paths[2]}", f"--workers={workers}"]
        assert screen(paths[0], *more, listings=many) == 1
        written.append([path.read_bytes() for path in paths])
    assert written[0] == written[1] == written[2]


def test_every_row_is_assessed_or_refused_and_in_order(many: Path, tmp_path: Path) -> None:
    more = [f"--assessments={tmp_path / 'a.csv'}", f"--refused={tmp_path / 'r.csv'}", "--workers=1"]
    assert screen(tmp_path / "f.csv", *more, listings=many) == 1
    assessed = [int(row["row"]) for row in rows_of(tmp_path / "a.csv")]
    refused = [
        int(row["row"])
        for row in rows_of(tmp_path / "r.csv")
        if (row["file"], row["severity"]) == ("listings", "refused")
    ]
    rows = len(rows_of(LISTINGS)) * TIMES
    assert assessed == sorted(assessed)
    assert sorted(assessed + refused) == list(range(1, rows + 1))
    order = [(int(row["row"]), row["right_id"]) for row in rows_of(tmp_path / "f.csv")]
    assert order == sorted(order)


def test_every_format_carries_the_same(tmp_path: Path) -> None:
    for suffix in ("csv", "jsonl", "parquet"):
        assert screen(tmp_path / f"f.{suffix}", f"--assessments={tmp_path / 'a.'}{suffix}") == 1
    findings = pq.read_table(tmp_path / "f.parquet").cast(FINDINGS).to_pylist()
    assert findings
    assert [json.loads(line) for line in (tmp_path / "f.jsonl").read_text("utf-8").splitlines()] == findings
    assert [json.loads(row["reasons"]) for row in rows_of(tmp_path / "f.csv")] == [row["reasons"] for row in findings]
    assert pq.read_table(tmp_path / "a.parquet").schema.names == ASSESSMENTS.names


def test_listings_of_any_format_are_screened_the_same(tmp_path: Path) -> None:
    (tmp_path / "images").symlink_to(GOLDEN / "images", target_is_directory=True)
    columns = [name for name in LISTINGS_TABLE.columns if name != "published_at" and name != "first_sold_at"]
    good = pa.Table.from_batches([batch.rows for batch in open_table(LISTINGS, LISTINGS_TABLE)]).select(columns)
    pq.write_table(good, tmp_path / "l.parquet")
    lines = (json.dumps({name: value for name, value in row.items() if value is not None}) for row in good.to_pylist())
    (tmp_path / "l.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert screen(tmp_path / "1.csv", listings=tmp_path / "l.parquet") == 1  # the register has refused rows
    assert screen(tmp_path / "2.csv", listings=tmp_path / "l.jsonl") == 1
    assert (tmp_path / "1.csv").read_bytes() == (tmp_path / "2.csv").read_bytes()


def test_a_compiled_register_gives_the_same_findings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compile", str(RIGHTS), f"--out={tmp_path / 'snapshot'}", f"--refused={tmp_path / 'r.csv'}"]) == 1
    assert "snapshot " in capsys.readouterr().out
    assert {row["row"] for row in rows_of(tmp_path / "r.csv") if row["severity"] == "refused"} == {
        "11",
        "12",
        "13",
        "18",
    }
    screen(tmp_path / "1.csv")
    screen(tmp_path / "2.csv", rights=tmp_path / "snapshot")
    assert (tmp_path / "1.csv").read_bytes() == (tmp_path / "2.csv").read_bytes()


def test_the_day_decides_which_rights_are_in_force(tmp_path: Path) -> None:
    main(["screen", str(LISTINGS), f"--rights={RIGHTS}", f"--out={tmp_path / 'f.csv'}", "--as-of=2018-06-30"])
    assert "R-07" in {row["right_id"] for row in rows_of(tmp_path / "f.csv")}  # Auralisse, expired in 2019
    screen(tmp_path / "now.csv")
    assert "R-07" not in {row["right_id"] for row in rows_of(tmp_path / "now.csv")}


def test_nothing_less_sure_than_asked_for_is_written(tmp_path: Path) -> None:
    screen(tmp_path / "all.csv")
    screen(tmp_path / "sure.csv", "--min-confidence=0.95")
    all_rows, sure = rows_of(tmp_path / "all.csv"), rows_of(tmp_path / "sure.csv")
    assert [row for row in all_rows if float(row["confidence"]) >= 0.95] == sure
    assert len(sure) < len(all_rows)


def test_a_file_without_a_fault_ends_in_nought(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "r.csv").write_text("right_id,kind,text\nR,word_mark,Velmora\n", encoding="utf-8")
    (tmp_path / "l.csv").write_text("listing_id,title,price\n1,A Velmora bag,x\n2,A mug,3\n", encoding="utf-8")
    assert screen(tmp_path / "f.csv", listings=tmp_path / "l.csv", rights=tmp_path / "r.csv") == 0
    told = capsys.readouterr().out
    assert "2 listings" in told
    assert "0 rows refused, 1 value left out" in told  # a warning is told, and is no refusal
    assert "listings row 1, price: not a plain number" in told


#: (arguments after LISTINGS, what the one line names)
UNUSABLE = [
    (["--rights=none.csv", "--out=f.csv"], "none.csv"),
    (["--rights={rights}", "--out=f.txt"], "f.txt"),
    (["--rights={rights}", "--out=no/f.csv"], "no/f.csv"),
    (["--rights={rights}", "--out=f.csv", "--assessments=f.csv"], "two outputs"),
    (["--rights={rights}", "--out=l.csv"], "l.csv: this file is also read"),
    (["--rights={rights}", "--out=f.csv", "--sellers=none.csv"], "none.csv"),
    (["--rights={rights}", "--out=f.csv", "--rules=none.toml"], "none.toml"),
    (["--rights={rights}", "--out=f.csv", "--model=none.toml"], "none.toml"),
    (["--rights={rights}", "--out=f.csv", "--embedding=none.onnx"], "none.onnx"),
    (["--rights=.", "--out=f.csv"], "no snapshot"),
]


@pytest.mark.parametrize(("arguments", "named"), UNUSABLE)
def test_unusable_input_writes_nothing(
    tmp_path: Path,
    arguments: list[str],
    named: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "l.csv").write_text("listing_id,title\n1,Velmora\n", encoding="utf-8")
    assert main(["screen", "l.csv", *(part.format(rights=RIGHTS) for part in arguments)]) == 2
    told = capsys.readouterr().err
    assert named in told
    assert told.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["l.csv"]


@pytest.mark.parametrize("workers", [1, 2])
def test_an_interrupt_leaves_nothing_half_written(many: Path, tmp_path: Path, workers: int) -> None:
    pipe = many.with_name(f"endless-{workers}.csv")
    with pipe.open("w", encoding="utf-8") as stream:  # far more than is screened before the interrupt
        stream.write("listing_id,title\n")
        stream.writelines(f"{number},Velmora bag {number}\n" for number in range(600_000))
    (tmp_path / "f.csv").write_text("before", encoding="utf-8")
    command = [sys.executable, "-m", "touchmark.ops.cli", "screen", str(pipe), f"--rights={RIGHTS}"]
    command += [f"--out={tmp_path / 'f.csv'}", f"--workers={workers}", "--as-of=2026-03-31"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    while not any(path.name.endswith(".part") and path.stat().st_size for path in tmp_path.iterdir()):
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the command and its workers
    _, told = process.communicate(timeout=30)
    assert process.returncode == 130, told
    assert "interrupted" in told
    assert "Traceback" not in told
    assert [path.name for path in tmp_path.iterdir()] == ["f.csv"]
    assert (tmp_path / "f.csv").read_text("utf-8") == "before"


def test_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_text("before", encoding="utf-8")
    main(["compile", str(RIGHTS), f"--out={tmp_path / 'snapshot'}"])
    command = [sys.executable, "-m", "touchmark.ops.cli", "screen", str(LISTINGS), f"--rights={tmp_path / 'snapshot'}"]
    command += [f"--out={tmp_path / 'f.csv'}", "--workers=1", "--as-of=2026-03-31"]
    full = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000)),
    )
    assert full.returncode == 2, full.stderr
    assert "Traceback" not in full.stderr
    assert (tmp_path / "f.csv").read_text("utf-8") == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["f.csv", "snapshot"]


def test_a_run_loads_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    """The second run on a machine: what is slow to load is not loaded, and the kernels are there already."""
    snapshot = tmp_path / "snapshot"
    assert main(["compile", str(RIGHTS), f"--out={snapshot}"]) in (0, 1)
    assert screen(tmp_path / "first.csv", rights=snapshot) in (0, 1)
    arguments = ["screen", str(LISTINGS), f"--rights={snapshot}", f"--out={tmp_path / 'second.csv'}"]
    heavy = {"numba", "pandas", "django", "scipy", "pyspark"}
    loaded = f"print({heavy} & set(filter(sys.modules.get, sys.modules)))"
    script = f"import sys; from touchmark.ops.cli import main; main({arguments}); {loaded}"
    ran = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert ran.stdout.splitlines()[-1] == "set()"


def test_written_rules_go_before_the_thresholds(tmp_path: Path) -> None:
    """The file of rules that an installation gives out is the one that is taken here."""
    rules, given = tmp_path / "rules.toml", ["--workers=1", f"--assessments={tmp_path / 'a.csv'}"]
    rules.write_text(
        'version = "mine"\nreview_at = 0.35\nact_at = 1\n[[rule]]\nid = "anything"\ndescription = "x"\nthen = "leave"\n'
        '[rule.when]\nway = ["plain", "disguised"]\n[[rule]]\nid = "acts"\ndescription = "x"\nthen = "act"\n'
        '[rule.when]\nway = ["copied_image"]\n',
        encoding="utf-8",
    )
    screen(tmp_path / "f.csv", f"--rules={rules}", *given)
    said = {row["listing_id"]: (row["verdict"], row["reasons"]) for row in rows_of(tmp_path / "a.csv")}
    ways: dict[str, set[str]] = {}
    for row in rows_of(tmp_path / "f.csv"):
        ways.setdefault(row["listing_id"], set()).add(row["way"])
    left = [said[listing] for listing, used in ways.items() if used == {"plain"}]
    assert left
    assert all("rule_leave" in reasons for _verdict, reasons in left if "authorised_seller" not in reasons)
    assert {verdict for verdict, reasons in left if "unreadable_image" not in reasons} == {"clear"}
    acted = [said[listing] for listing, used in ways.items() if used == {"copied_image"}]
    assert {verdict for verdict, reasons in acted if "authorised_seller" not in reasons} == {"act"}
