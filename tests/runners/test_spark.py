"""A cluster of two machines, both of them this one: whatever is killed, nothing is lost and nothing doubled."""

import os
import shutil
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from benchmarks.cluster import Cluster, cluster, waited_for

from touchmark.ops.cli import main
from touchmark.runners.spark import ClusterFailed, NoSpark, SparkRunner

pytest.importorskip("pyspark", reason="Spark is not installed")
pytestmark = [
    pytest.mark.skipif(shutil.which("java") is None, reason="Java is not installed"),
    # Spark's own: it leaves pipes and sockets to the collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning:pyspark", "ignore::FutureWarning:pyspark"),
]

SMALL = {"spark.executor.memory": "512m", "spark.driver.memory": "512m", "spark.driver.host": "127.0.0.1"}


@pytest.fixture(scope="module", autouse=True)
def _environment() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        patch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")  # quick to start is enough
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("PYTHONPATH", os.pathsep.join(path for path in sys.path if path))
        yield


@pytest.fixture(scope="module")
def two_machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("cluster"), 2) as running:
        yield running


class Traced:
    """Slow enough to be killed at it; writes down what was done, and by whom."""

    def __init__(self, folder: Path, pause: float = 0) -> None:
        self.folder, self.pause = folder, pause

    def __call__(self, item: int) -> int:
        time.sleep(self.pause)
        with (self.folder / "trace").open("a") as trace:
            trace.write(f"{item} {os.getpid()}\n")
        return item * item

    def moved(self, places: Mapping[Path, Path]) -> "Traced":
        """Look at what was shipped."""
        assert [(here / "word").read_text() for here in places.values()] == ["shipped"]
        assert all(here != there for there, here in places.items())
        return self

    def identity(self) -> bytes:
        """The same in every run, however slow."""
        return str(self.folder).encode()


class Breaking:
    """A fault of ours."""

    def __call__(self, item: int) -> int:
        raise ValueError("broken")


def traced(folder: Path) -> list[tuple[int, int]]:
    lines = (folder / "trace").read_text().splitlines() if (folder / "trace").exists() else []
    return [(int(item), int(pid)) for item, pid in (line.split() for line in lines)]


def test_killed_worker_executor_and_machine_lose_and_double_nothing(two_machines: Cluster, tmp_path: Path) -> None:
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    (shipped / "word").write_text("shipped")
    first, second = two_machines.nodes
    killed: Counter[str] = Counter()

    def kill() -> None:
        waited_for(lambda: len(traced(tmp_path)) >= 2)
        os.kill(traced(tmp_path)[-1][1], signal.SIGKILL)
        killed["python"] = 1
        seen = len(traced(tmp_path))
        waited_for(lambda: len(traced(tmp_path)) >= seen + 3)
        waited_for(lambda: killed.update(executor=first.kill("CoarseGrainedExecutorBackend")) or killed["executor"] > 0)
        seen = len(traced(tmp_path))
        waited_for(lambda: len(traced(tmp_path)) >= seen + 4)
        killed["machine"] = second.kill()

    killing = threading.Thread(target=kill, daemon=True)
    killing.start()
    runner = SparkRunner(two_machines.master, tmp_path / "jobs", (shipped,), items=2, settings=SMALL)
    assert list(runner.map(Traced(tmp_path, 0.4), range(40))) == [item * item for item in range(40)]
    killing.join()
    assert (killed["python"], killed["executor"]) == (1, 1)
    assert killed["machine"] >= 2  # the worker, and at least its executor
    assert {item for item, _ in traced(tmp_path)} == set(range(40))
    assert not (tmp_path / "jobs").exists()


def test_a_run_that_failed_goes_on_and_does_nothing_twice(tmp_path: Path) -> None:
    runner = SparkRunner("local[1]", tmp_path / "jobs", items=2, settings=SMALL)
    interrupted = runner.map(Traced(tmp_path), range(20))
    assert [next(interrupted) for _ in range(4)] == [0, 1, 4, 9]
    interrupted.close()  # as Ctrl-C does
    done = len(traced(tmp_path))
    assert list(runner.map(Traced(tmp_path), range(20))) == [item * item for item in range(20)]
    times = Counter(item for item, _ in traced(tmp_path))
    assert set(times) == set(range(20))
    assert len(traced(tmp_path)) <= 20 + 2, f"{done} were done before"  # at most the part that was in hand


def test_a_fault_of_ours_is_told_and_what_is_done_is_kept(tmp_path: Path) -> None:
    runner = SparkRunner("local[1]", tmp_path / "jobs", settings=SMALL)
    with pytest.raises(ClusterFailed, match="run it again to go on"):
        list(runner.map(Breaking(), range(3)))


def test_an_address_at_which_nobody_answers_is_said(tmp_path: Path) -> None:
    with pytest.raises(NoSpark, match="no Spark session"):
        list(SparkRunner("nonsense://x", tmp_path).map(Traced(tmp_path), range(1)))


def test_the_same_bytes_as_on_this_machine_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rights, listings = tmp_path / "rights.csv", tmp_path / "listings.csv"
    rights.write_text("right_id,kind,text\nr1,word_mark,Velmora\nr2,word_mark,Quorvane\n")
    rows = (f"l{n},{'Velmora' if n % 3 else 'V.e.l.m.o.r.a'} bag {n}" for n in range(5_000))
    listings.write_text("listing_id,title\n" + "\n".join(rows) + "\n")
    snapshot = str(tmp_path / "snapshot")
    assert main(["compile", str(rights), "--out", snapshot]) == 0
    for runner in (["--workers", "1"], ["--runner", "spark", "--master", "local[2]"]):
        out = str(tmp_path / f"{runner[1]}.csv")
        told = ["--out", out, "--assessments", str(tmp_path / f"{runner[1]}-a.csv")]
        assert main(["screen", str(listings), "--rights", snapshot, *told, *runner]) == 0
    for name in ("", "-a"):
        assert (tmp_path / f"1{name}.csv").read_bytes() == (tmp_path / f"spark{name}.csv").read_bytes()
    assert not list(tmp_path.glob(".*.parts"))
