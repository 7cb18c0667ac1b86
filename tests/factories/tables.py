"""
The tables that ``touchmark migrate`` makes: made once in a checkout and copied, for that takes a dozen seconds.

``python -m tests.factories.tables`` makes them beforehand, on SQLite and, where there is one, on PostgreSQL.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg.sql import SQL, Identifier, Literal

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "var" / "tests"


def on_sqlite(file: Path) -> None:
    """Put them into a file that is not there yet."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with _one_at_a_time():
        shutil.copyfile(_keep(), file)


def on_postgres(server: str, name: str) -> None:
    """Make a database of that name on the server, with the tables in it; an empty one gives way."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(SQL("DROP DATABASE IF EXISTS {}").format(Identifier(name)))
        connection.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(template(server))))


@cache
def template(server: str) -> str:
    """Give the name of the database that others on this server are copied from; it is this checkout's."""
    name = f"touchmark_tables_{hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]}"
    with _one_at_a_time(), psycopg.connect(server, autocommit=True) as connection:
        if _comment(connection, name) != _digest():
            connection.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))
            connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
            _migrate(at(server, name))
            connection.execute(SQL("COMMENT ON DATABASE {} IS {}").format(Identifier(name), Literal(_digest())))
    return name


def at(server: str, name: str) -> str:
    """Give the address of a database on the server of another."""
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def _keep() -> Path:
    kept = KEPT / f"tables-{_digest()}.sqlite3"
    if not kept.exists():
        for old in KEPT.glob("tables-*.sqlite3"):
            old.unlink()
        _migrate(f"sqlite:///{kept}.making")
        _in_one_file(f"{kept}.making")
        os.replace(f"{kept}.making", kept)
    return kept


def _in_one_file(file: str) -> None:
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _comment(connection: psycopg.Connection, name: str) -> str:
    asked = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
    found = connection.execute(asked, [name]).fetchone()
    return str(found[0]) if found else ""


def _migrate(url: str) -> None:
    own = {name: value for name, value in os.environ.items() if not name.startswith(("TOUCHMARK", "DJANGO"))}
    with tempfile.TemporaryDirectory() as var:
        command = [sys.executable, "-m", "touchmark.ops.cli", "migrate"]
        own |= {"TOUCHMARK_VAR": var, "TOUCHMARK_DATABASE_URL": url}
        subprocess.run(command, env=own, check=True, capture_output=True)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@cache
def _digest() -> str:
    """Tell of everything that the tables follow from: the rooms, with their migrations, and what they stand on."""
    digest = hashlib.sha256((ROOT / "uv.lock").read_bytes())
    for path in sorted((ROOT / "src" / "touchmark" / "apps").rglob("*.py")):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def main() -> None:
    """Make them where they are wanting."""
    with _one_at_a_time():
        _keep()
    if server := os.environ.get("TOUCHMARK_TEST_POSTGRES"):
        template(server)


if __name__ == "__main__":
    main()
