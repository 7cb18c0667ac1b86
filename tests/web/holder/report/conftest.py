"""A holder with a right, and a listing to report."""

import pytest
from django.test import Client
from tests.factories import catalog, registry
from tests.factories.accounts import AT
from tests.web.worlds import DAY

from touchmark.apps.catalog.models import Listing
from touchmark.apps.registry.models import Right
from touchmark.engine.terms import Actor
from touchmark.web import clock


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT + DAY)


@pytest.fixture
def client(holder: tuple[Client, Actor]) -> Client:
    return holder[0]


@pytest.fixture
def right(holder: tuple[Client, Actor]) -> Right:
    return registry.verified(holder[1], text="ALDERMOOR", office="EUIPO", number="017912345")


@pytest.fixture
def listing() -> Listing:
    return catalog.listing(listing_id="4711", title="A teapot", url="https://bazaar.example/item/4711")
