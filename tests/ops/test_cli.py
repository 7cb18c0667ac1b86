import errno
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from django.db import OperationalError, ProgrammingError

from touchmark import __version__
from touchmark.engine.errors import TouchmarkError
from touchmark.ops import cli
from touchmark.ops.cli import COMMANDS, main


def test_every_command_has_its_module_and_says_what_it_takes(capsys: pytest.CaptureFixture[str]) -> None:
    for command in COMMANDS:
        with pytest.raises(SystemExit) as end:
            main([command.name, "--help"])
        assert end.value.code == 0
        assert f"usage: touchmark {command.name}" in capsys.readouterr().out
    assert len({command.name for command in COMMANDS}) == len(COMMANDS)


def test_no_command_is_forgotten() -> None:
    folder = Path(cli.__file__).parent / "commands"
    assert {path.stem for path in folder.glob("*.py")} - {"__init__"} == {command.module for command in COMMANDS}


def test_the_overview_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    told = capsys.readouterr().out
    assert all(f"  {command.name} " in told and command.line in told for command in COMMANDS)
    assert main([]) == 2


def test_an_installation_with_a_key_of_its_own_makes_its_folder(tmp_path: Path) -> None:
    own = {"TOUCHMARK_VAR": str(tmp_path / "new" / "var"), "TOUCHMARK_SECRET_KEY": "k" * 50}
    own |= {"DJANGO_SETTINGS_MODULE": "touchmark.site.settings"}
    command = [sys.executable, "-m", "touchmark.ops.cli", "doctor"]
    ran = subprocess.run(command, env={**os.environ, **own}, capture_output=True, text=True, check=False)
    assert ran.returncode == 1, ran.stderr
    assert "run touchmark migrate" in ran.stdout  # which would make a dozen seconds' worth of tables there
    assert (tmp_path / "new" / "var" / "touchmark.sqlite3").exists()


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"touchmark {__version__}\n"


#: (arguments, what the one line must say)
USAGE = [
    (["scren"], "'scren'"),
    (["screen"], "LISTINGS"),
    (["screen", "l.csv", "--rights", "r.csv"], "--out"),
    (["screen", "l.csv", "--rights", "r.csv", "--out", "f.csv", "--refuse", "x.csv"], "--refuse"),  # no abbreviations
    (["screen", "l.csv", "--rights", "r.csv", "--out", "f.csv", "--runner", "spark"], "--runner"),  # not built: absent
    (["screen", "l.csv", "--rights", "r.csv", "--out", "f.csv", "--as-of", "31.3.2026"], "2026-03-31"),
    (["screen", "l.csv", "--rights", "r.csv", "--out", "f.csv", "--min-confidence", "5"], "from 0 to 1"),
    (["screen", "l.csv", "--rights", "r.csv", "--out", "f.csv", "--min-confidence", "nan"], "from 0 to 1"),
    (["screen", "l.csv", "--rights", "r.csv", "--out", "f.csv", "--workers", "0"], "1 or more"),
    (["screen", "l.csv", "--rights", "r.csv", "--out", "f.csv", "--images", "/no/such"], "/no/such"),
    (["screen", "no.csv", "--rights", "r.csv", "--out", "f.csv"], "no.csv: there is no such file"),
    (["compile", "r.csv"], "--out"),
]


@pytest.mark.parametrize(("arguments", "said"), USAGE)
def test_a_wrong_argument_is_refused_in_one_line(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert told.err.count("\n") == 1
    assert told.err.startswith("touchmark")
    assert not told.out


def command_that(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a command in the table that ends with an error."""
    module = ModuleType("touchmark.ops.commands.broken")
    module.add_arguments = lambda parser: None  # type: ignore[attr-defined]

    def run(options: object) -> int:
        raise error

    module.run = run  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setattr(cli, "COMMANDS", (*COMMANDS, cli.Command("broken", "broken", "end badly")))


#: (what the command raises, the exit code, what is said)
ENDS = [
    (TouchmarkError("over\nthere: not usable; do this"), 2, "touchmark broken: over there: not usable; do this\n"),
    (KeyboardInterrupt(), 130, "interrupted\n"),
    (OSError(errno.ENOSPC, "No space left on device", "f.csv"), 2, "f.csv: No space left on device"),
    (ValueError("ours"), 70, "fault of touchmark itself"),  # never 1, which means done
    (OperationalError("no such table: audit_event"), 2, "(no such table: audit_event); run touchmark migrate first"),
    (ProgrammingError('relation "audit_event" does not exist\nLINE 1: …'), 2, "exist); run touchmark migrate first"),
    (OperationalError("connection failed: Connection refused\n\tIs it running?"), 2, "see TOUCHMARK_DATABASE_URL"),
    (OperationalError("database is locked"), 70, "fault of touchmark itself"),
]


@pytest.mark.parametrize(("error", "code", "said"), ENDS)
def test_how_a_command_ends(
    error: BaseException, code: int, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command_that(error, monkeypatch)
    assert main(["broken"]) == code
    assert said in capsys.readouterr().err
