"""The database written out while it is in use, and read into an empty one: by what each kind brings along for it."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient

from touchmark.engine.errors import TouchmarkError

#: Pages copied at a time: between two of them others write.
PAGES = 4096


class NoProgram(TouchmarkError):
    """PostgreSQL's own programs are not installed here."""


class Failed(TouchmarkError):
    """The database could not be written out or read in."""


class Dump(Protocol):
    """How one kind of database goes to a file and comes back."""

    def write(self, path: Path) -> None:
        """Write all of it, as it stood at one moment."""
        ...

    def read(self, path: Path) -> None:
        """Read a file that ``write`` made into a database without tables: all of it or nothing."""
        ...


def dump() -> Dump:
    """Give what fits the installation's database."""
    return Sqlite() if connection.vendor == "sqlite" else Postgres()


class Sqlite:
    """One file, copied by SQLite itself."""

    def write(self, path: Path) -> None:
        """As ``Dump`` says."""
        here = self._place()
        with closing(sqlite3.connect(f"file:{here}?mode=ro", uri=True)) as source, closing(sqlite3.connect(path)) as to:
            source.backup(to, pages=PAGES)

    def read(self, path: Path) -> None:
        """As ``Dump`` says."""
        connection.close()
        for beside in ("-wal", "-shm"):
            Path(f"{self._place()}{beside}").unlink(missing_ok=True)
        self._place().parent.mkdir(parents=True, exist_ok=True)
        os.replace(path, self._place())

    def _place(self) -> Path:
        return Path(connection.settings_dict["NAME"])


class Postgres:
    """PostgreSQL's own form, which a newer server reads too."""

    def write(self, path: Path) -> None:
        """As ``Dump`` says."""
        self._run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={path}")

    def read(self, path: Path) -> None:
        """As ``Dump`` says."""
        connection.close()
        whole = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
        self._run("pg_restore", *whole, str(path), into=True)

    def _run(self, program: str, *arguments: str, into: bool = False) -> None:
        """
        Run a program of PostgreSQL's on our database; the password goes by the environment, where nobody sees it.

        :raises NoProgram: if it is not installed
        :raises Failed: if it does not succeed
        """
        if shutil.which(program) is None:
            raise NoProgram(
                f"{program} is not installed; install PostgreSQL's client programs, of the server's version"
            )
        (_, *told), environment = self._where()
        told = [*told[:-1], f"--dbname={told[-1]}"] if into else told
        done = subprocess.run(  # noqa: S603  a program and a database that the operator named
            [program, *arguments, *told], env=os.environ | environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            said = (done.stderr.strip() or f"exit code {done.returncode}").splitlines()[0]
            raise Failed(f"{said}; nothing was changed")

    def _where(self) -> tuple[list[str], dict[str, str]]:
        settings: dict[str, Any] = connection.settings_dict
        arguments, environment = DatabaseClient.settings_to_cmd_args_env(settings, [])
        return arguments, environment or {}


def is_empty() -> bool:
    """Whether the database has no tables at all."""
    with connection.cursor() as cursor:
        return not connection.introspection.table_names(cursor)
