"""Parts of work in a folder: done once, whole or not at all, and gone on with."""

from pathlib import Path

import pytest

from touchmark.engine.errors import TouchmarkError
from touchmark.runners.parts import Job, PartLost


class Counted:
    """Doubles, and writes down what it was asked."""

    def __init__(self, log: Path, word: str = "") -> None:
        self.log, self.word = log, word

    def __call__(self, item: int) -> str:
        with self.log.open("a") as file:
            file.write(f"{item}\n")
        return f"{2 * item}{self.word}"


class Refusing:
    """Refuses whatever it is given."""

    def __call__(self, item: int) -> int:
        raise TouchmarkError(f"not {item}")


def done(job: Job, fn: object, items: range) -> list[str]:
    names = list(job.laid_out(items, 3))
    work = job.work()
    for name in names:
        job.do(name, work)
    return [result for name in names for result in job.results(name)]


def test_a_part_is_done_once_however_often_it_is_asked(tmp_path: Path) -> None:
    fn = Counted(tmp_path / "log")
    job = Job.begun(tmp_path / "jobs", fn)
    assert done(job, fn, range(8)) == done(job, fn, range(8)) == [str(2 * n) for n in range(8)]
    assert (tmp_path / "log").read_text().split() == [str(n) for n in range(8)]


def test_work_that_was_cut_short_goes_on_but_not_with_other_items_or_another_function(tmp_path: Path) -> None:
    log = tmp_path / "log"
    job = Job.begun(tmp_path / "jobs", Counted(log))
    first, *_ = job.laid_out(range(6), 3)
    job.do(first, job.work())
    again = Job.begun(tmp_path / "jobs", Counted(log))
    assert again.folder == job.folder
    assert [again.is_done(name) for name in again.laid_out(range(6), 3)] == [True, False]
    assert [again.is_done(name) for name in again.laid_out(range(1, 7), 3)] == [False, False]
    assert Job.begun(tmp_path / "jobs", Counted(log, "!")).folder != job.folder


def test_a_refusal_is_told_and_asked_again_the_next_time(tmp_path: Path) -> None:
    job = Job.begun(tmp_path, Refusing())
    (name,) = job.laid_out(range(1), 3)
    job.do(name, job.work())
    with pytest.raises(TouchmarkError, match="not 0"):
        job.results(name)
    assert not job.is_done(name)


def test_a_folder_that_others_do_not_see_is_said(tmp_path: Path) -> None:
    job = Job.begun(tmp_path, Refusing())
    with pytest.raises(PartLost, match="every machine sees"):
        job.results("00000000-none")


def test_nothing_half_written_is_taken_for_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    job = Job.begun(tmp_path / "jobs", Counted(tmp_path / "log"))
    (name,) = job.laid_out(range(1), 3)

    def cut(*_: object) -> None:
        raise OSError("no power")

    monkeypatch.setattr("touchmark.runners.parts.os.replace", cut)
    with pytest.raises(OSError, match="no power"):
        job.do(name, job.work())
    assert not job.is_done(name)
