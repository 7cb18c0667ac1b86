"""The desk's tests share one world a module: it is built and screened once, and each test's changes are rolled back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client, override_settings
from tests.factories import accounts, decisions
from tests.factories.decisions import Desk


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Build the world in a transaction that is never committed; a test's own is a savepoint in it."""
    folder: Path = tmp_path_factory.mktemp("desk")
    with (
        django_db_blocker.unblock(),  # type: ignore[attr-defined]
        override_settings(BLOBS=folder / "blobs", SNAPSHOTS=folder / "snapshots", SHARDS=folder / "shards"),
        transaction.atomic(),
    ):
        yield decisions.desk(plain=4)
        transaction.set_rollback(True)


@pytest.fixture
def made(built: Desk, db: None) -> Desk:
    """Give the world as it was built."""
    return built


@pytest.fixture
def rita(made: Desk) -> Client:
    """Give a browser in which Rita, a reviewer, has signed in."""
    return accounts.signed_in(made.rita)


@pytest.fixture
def ravi(made: Desk) -> Client:
    """Give a browser in which Ravi, another reviewer, has signed in."""
    return accounts.signed_in(made.ravi)
