"""A whole installation goes to a file and comes back, on the databases that there are; nothing else does."""

import json
import os
import re
import subprocess
import sys
import tarfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from tests.factories import buckets, pictures, tables
from tests.ops.backup.test_archive import put_together

from touchmark.ops.backup.archive import MANIFEST

SERVER = os.environ.get("TOUCHMARK_TEST_POSTGRES", "")
Installation = Callable[[str], "Here"]


class Here:
    """An installation: commands are programs of their own, with the site's own settings."""

    def __init__(self, var: Path, url: str) -> None:
        self.var = var
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("TOUCHMARK", "DJANGO"))}
        self.environment = inherited | {"TOUCHMARK_VAR": str(var), "TOUCHMARK_DATABASE_URL": url}

    def run(self, *arguments: str, code: int = 0) -> str:
        command = [sys.executable, "-m", "touchmark.ops.cli", *arguments]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done.stdout + done.stderr

    def with_tables(self) -> "Here":
        """As ``touchmark migrate`` leaves it."""
        url = self.environment["TOUCHMARK_DATABASE_URL"]
        if url.startswith("sqlite"):
            tables.on_sqlite(Path(url.removeprefix("sqlite:///")))
        else:
            tables.on_postgres(SERVER, urlsplit(url).path.removeprefix("/"))
        return self

    def filled(self) -> "Here":
        """With a marketplace, a listing with a picture, and a sealed record."""
        self.with_tables()
        self.run("open-marketplace", "bazaar", "--name", "Bazaar")
        folder = self.var / "given"
        folder.mkdir()
        (folder / "cup.png").write_bytes(pictures.drawn())
        (folder / "listings.csv").write_text("listing_id,marketplace,title,images\n4711,bazaar,杯子,cup.png\n")
        self.run("import", "listings", str(folder / "listings.csv"))
        self.run("tick")
        return self

    def in_bucket(self, endpoint: str, name: str) -> "Here":
        """With its files in a bucket."""
        about = {"BLOBS": f"s3://{name}/files", "BLOBS_ENDPOINT": endpoint}
        about |= {f"BLOBS_{of.upper()}": value for of, value in buckets.ACCOUNT.items()}
        self.environment |= {f"TOUCHMARK_{of}": value for of, value in about.items()}
        return self

    def blobs(self) -> dict[str, bytes]:
        folder = self.var / "blobs"
        return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file() and "." not in path.name}

    def listings(self) -> str:
        """Give what a second import of the same file would change: nothing, where the listing is there."""
        return self.run("import", "listings", str(self.var / "given" / "listings.csv"))


@pytest.fixture(
    params=["sqlite", pytest.param("postgres", marks=pytest.mark.skipif(not SERVER, reason="PostgreSQL is not given"))]
)
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    made: list[str] = []

    def make(name: str) -> Here:
        (var := tmp_path / name).mkdir()
        if request.param == "sqlite":
            return Here(var, f"sqlite:///{var}/touchmark.sqlite3")
        made.append(f"touchmark_backup_{uuid.uuid4().hex}")
        with psycopg.connect(SERVER, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {made[-1]}")  # type: ignore[call-overload]
        return Here(var, urlsplit(SERVER)._replace(path=f"/{made[-1]}").geturl())

    yield make
    for name in made:
        with psycopg.connect(SERVER, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[call-overload]


def test_all_of_it_comes_back_and_the_record_holds(installation: Installation, tmp_path: Path) -> None:
    first, second, backup = installation("first").filled(), installation("second"), tmp_path / "backup.tar"
    said = first.run("backup", str(backup))
    assert "It holds the installation's keys" in said
    assert backup.stat().st_mode & 0o077 == 0
    assert "The record holds:" in second.run("restore", str(backup))
    assert "Not sealed yet" not in second.run("verify-audit")
    assert second.blobs() == first.blobs() != {}
    for key in ("secret.key", "record.key", "record.key.pub"):
        assert (second.var / key).read_bytes() == (first.var / key).read_bytes()
    (first.var / "given").rename(second.var / "given")
    assert "0 new, 0 changed, 1 unchanged" in second.listings()
    assert not [path.name for path in (*second.var.iterdir(), *tmp_path.iterdir()) if path.name.startswith(".touch")]


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with buckets.served() as address:
        yield address


def in_it(endpoint: str, bucket: str) -> dict[str, bytes]:
    """Give the files in a bucket by their digests, without what was drawn anew of them."""
    held = buckets.held(buckets.client_of(endpoint), bucket)
    return {key[-64:]: data for key, data in held.items() if re.fullmatch(r"files/../../[0-9a-f]{64}", key)}


def test_with_files_in_a_bucket_it_comes_back_into_another(
    installation: Installation, endpoint: str, tmp_path: Path
) -> None:
    one, two = (buckets.new_bucket(buckets.client_of(endpoint)) for _ in range(2))
    first, backup = installation("first").in_bucket(endpoint, one).filled(), tmp_path / "backup.tar"
    second = installation("second").in_bucket(endpoint, two)
    assert not first.blobs()  # nothing of it lies in the folder
    first.run("backup", str(backup))
    (short := tmp_path / "short.tar").write_bytes(backup.read_bytes()[:-30_000])
    assert "fetch it again" in second.run("restore", str(short), code=2)
    assert in_it(endpoint, two) == {}
    assert "The record holds:" in second.run("restore", str(backup))
    assert in_it(endpoint, two) == in_it(endpoint, one) != {}
    assert "The record holds" in second.run("verify-audit")
    (first.var / "given").rename(second.var / "given")
    assert "0 new, 0 changed, 1 unchanged" in second.listings()
    assert "the database has tables already" in second.run("restore", str(backup), code=2)


def test_a_file_that_the_bucket_has_lost_is_named_and_the_rest_kept(endpoint: str, tmp_path: Path) -> None:
    client = buckets.client_of(endpoint)
    bucket, backup = buckets.new_bucket(client), tmp_path / "backup.tar"
    (var := tmp_path / "var").mkdir()
    here = Here(var, f"sqlite:///{var}/touchmark.sqlite3").in_bucket(endpoint, bucket).filled()
    (digest,) = in_it(endpoint, bucket)
    client.put_object(Bucket=bucket, Key=f"files/{digest[:2]}/{digest[2:4]}/{digest}", Body=b"another")
    assert f"damaged: the file {digest}" in here.run("backup", str(backup), code=1)
    (empty := tmp_path / "empty").mkdir()
    there = Here(empty, f"sqlite:///{empty}/touchmark.sqlite3")
    assert "The record holds:" in there.run("restore", str(backup))


def test_a_bucket_that_is_away_leaves_no_backup_and_no_database(endpoint: str, tmp_path: Path, backup: Path) -> None:
    (var := tmp_path / "var").mkdir()
    here = Here(var, f"sqlite:///{var}/touchmark.sqlite3").in_bucket(endpoint, "nobodys")
    assert "The bucket with the files cannot be used" in here.run("restore", str(backup), code=2)
    assert "run touchmark migrate" in here.run("doctor", code=1)  # no tables came
    here.with_tables()
    assert "The bucket with the files cannot be used" in here.run("backup", str(tmp_path / "b.tar"), code=2)
    assert [path.name for path in tmp_path.iterdir()] == ["var"]


def test_a_file_that_is_damaged_in_the_folder_is_named(tmp_path: Path) -> None:
    (var := tmp_path / "var").mkdir()
    here = Here(var, f"sqlite:///{var}/touchmark.sqlite3").filled()
    (digest,) = here.blobs()
    next(path for path in (var / "blobs").rglob(digest)).write_bytes(b"another")
    assert f"damaged: the file {digest}" in here.run("backup", str(tmp_path / "b.tar"), code=1)


def test_a_restored_installation_says_which_key_it_lacks(tmp_path: Path) -> None:
    (one := tmp_path / "one").mkdir()
    first = Here(one, f"sqlite:///{one}/touchmark.sqlite3")
    first.environment["TOUCHMARK_SECRET_KEY"] = "k" * 50
    first.with_tables()
    first.run("open-marketplace", "bazaar", "--webhook", "https://bazaar.example/hooks")
    first.run("tick")
    backup = tmp_path / "backup.tar"
    assert "Not in it, as the environment gives them: TOUCHMARK_SECRET_KEY" in first.run("backup", str(backup))
    (two := tmp_path / "two").mkdir()
    second = Here(two, f"sqlite:///{two}/touchmark.sqlite3")
    assert "no key here opens 1 of marketplaces" in second.run("restore", str(backup), code=1)
    second.environment["TOUCHMARK_SECRET_KEY_FALLBACKS"] = "k" * 50
    assert "marketplaces: 1 sealed under the newest key" in second.run("reseal")
    del second.environment["TOUCHMARK_SECRET_KEY_FALLBACKS"]
    assert "1 sealed, and the key opens them" in second.run("doctor")


def test_secrets_under_the_sites_own_key_open_where_they_come_back(tmp_path: Path) -> None:
    """The place has made a key of its own by then, as it does at first use: that of the backup takes its place."""
    (one := tmp_path / "one").mkdir()
    (two := tmp_path / "two").mkdir()
    first, second = (Here(var, f"sqlite:///{var}/touchmark.sqlite3") for var in (one, two))
    first.with_tables().run("open-marketplace", "bazaar", "--webhook", "https://bazaar.example/hooks")
    first.run("tick")
    first.run("backup", str(tmp_path / "backup.tar"))
    second.run("doctor", code=1)
    assert "secrets: 1 sealed, and the key opens them" in second.run("restore", str(tmp_path / "backup.tar"))
    assert "1 sealed, and the key opens them" in second.run("doctor")


def test_never_over_an_installation_nor_over_a_file(installation: Installation, tmp_path: Path) -> None:
    first, backup = installation("first").filled(), tmp_path / "backup.tar"
    first.run("backup", str(backup), "--without-keys")
    before = backup.read_bytes()
    assert "exists; name a new file" in first.run("backup", str(backup), code=2)
    assert backup.read_bytes() == before
    assert "the database has tables already" in first.run("restore", str(backup), code=2)
    assert "The record holds" in first.run("verify-audit")
    with tarfile.open(backup) as tar:
        assert not [name for name in tar.getnames() if "key" in name]


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("backed-up")
    here = Here(folder, f"sqlite:///{folder}/touchmark.sqlite3").filled()
    here.run("backup", str(folder / "backup.tar"))
    return folder / "backup.tar"


def changed(backup: Path, **about: object) -> bytes:
    """The backup, saying something else of itself."""
    members = {}
    with tarfile.open(backup) as tar:
        for info in tar:
            held = tar.extractfile(info)
            members[info.name] = held.read() if held else b""
    return put_together(members | {MANIFEST: json.dumps(json.loads(members[MANIFEST]) | about).encode()})


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ({"format": 2}, "use a newer touchmark"),
        ({"database": "postgresql"}, "of a postgresql database, and here is sqlite"),
        ({"migrations": ["catalog.9999_of_next_year"]}, "does not know (catalog.9999_of_next_year)"),
    ],
)
def test_of_another_kind_or_version(backup: Path, tmp_path: Path, about: dict[str, object], said: str) -> None:
    """It is refused, and nothing of it is left: the same place takes the backup as it was."""
    file = tmp_path / "given.tar"
    file.write_bytes(changed(backup, **about))
    here = Here(tmp_path / "var", f"sqlite:///{tmp_path}/var/touchmark.sqlite3")
    assert said in here.run("restore", str(file), code=2)
    assert not here.blobs()
    assert not list(here.var.glob(".touchmark-*"))
