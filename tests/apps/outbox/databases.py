"""Databases of a test's own with messages that wait, for programs outside the test's process."""

import os
import shutil
import sqlite3
import subprocess
import sys
import uuid
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg
from tests.factories import tables

MESSAGES = 5
ROOT = Path(__file__).resolve().parents[3]


def run(module: str, *arguments: str, url: str, var: Path) -> None:
    """Run a program of ours to its end."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, env=environment(url, var), cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def fill(url: str, var: Path) -> None:
    """Put ``MESSAGES`` into a database that has its tables."""
    run("tests.apps.outbox.put_messages", str(MESSAGES), url=url, var=var)


def environment(url: str, var: Path) -> dict[str, str]:
    """The environment of an installation on that database."""
    own = {"TOUCHMARK_DATABASE_URL": url, "TOUCHMARK_VAR": str(var), "PYTHONPATH": str(ROOT)}
    return os.environ | own | {"DJANGO_SETTINGS_MODULE": "tests.apps.outbox.kill_settings"}


class Database(ABC):
    """Makes such databases, and looks into them."""

    @abstractmethod
    def fresh(self, folder: Path) -> str:
        """The address of a new one."""

    @abstractmethod
    def rows(self, url: str, sql: str) -> Sequence[Any]:
        """What a statement gives; what it changes is kept."""

    @abstractmethod
    def close(self) -> None:
        """Nothing is left."""


class Sqlite(Database):
    def __init__(self, folder: Path) -> None:
        self._template = folder / "template.sqlite3"
        tables.on_sqlite(self._template)
        fill(f"sqlite:///{self._template}", folder)

    def fresh(self, folder: Path) -> str:
        shutil.copy(self._template, folder / "own.sqlite3")
        return f"sqlite:///{folder / 'own.sqlite3'}"

    def rows(self, url: str, sql: str) -> Sequence[Any]:
        connection = sqlite3.connect(url.removeprefix("sqlite:///"), timeout=20)
        try:
            with connection:
                return connection.execute(sql).fetchall()
        finally:
            connection.close()

    def close(self) -> None:
        pass


class Postgres(Database):
    def __init__(self, folder: Path, server: str) -> None:
        self._server, self._made = server, []
        self._template = self._create(tables.template(server))
        fill(self._url(self._template), folder)

    def _create(self, template: str) -> str:
        name = f"touchmark_kill_{uuid.uuid4().hex}"
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")  # type: ignore[call-overload]
        self._made.append(name)
        return name

    def _url(self, name: str) -> str:
        return tables.at(self._server, name)

    def fresh(self, folder: Path) -> str:
        return self._url(self._create(self._template))

    def rows(self, url: str, sql: str) -> Sequence[Any]:
        with psycopg.connect(url) as connection:
            cursor = connection.execute(sql)  # type: ignore[call-overload]
            return cursor.fetchall() if cursor.description else []

    def close(self) -> None:
        with psycopg.connect(self._server, autocommit=True) as connection:
            for name in self._made:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[call-overload]


def make(folder: Path) -> Database:
    """A maker of databases of the kind that the tests run on."""
    url = os.environ.get("TOUCHMARK_DATABASE_URL", "")
    return Postgres(folder, url) if url.startswith("postgres") else Sqlite(folder)
