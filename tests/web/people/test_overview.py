"""The operator's first page: what waits for whoever runs the installation."""

from datetime import timedelta

import pytest
from tests.factories import accounts
from tests.factories.accounts import AT

from touchmark.apps.outbox import actions as outbox
from touchmark.apps.outbox.models import Message
from touchmark.engine.terms import Role
from touchmark.web import clock

pytestmark = pytest.mark.django_db


def test_it_says_what_waits_and_is_for_operators_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(days=1))
    olga = accounts.signed_in(accounts.member(Role.OPERATOR))
    empty = olga.get("/people/overview").content.decode()
    assert "Everything that was to be told has been told" in empty
    assert "No trader&#x27;s details wait" in empty or "No trader's details wait" in empty
    outbox.put(kind="webhook", to="bazaar", subject="listing:1", payload={"type": "x"}, at=AT)
    Message.objects.update(state="given_up")
    page = olga.get("/people/overview").content.decode()
    assert "bazaar" in page
    assert accounts.signed_in(accounts.member(Role.REVIEWER)).get("/people/overview").status_code == 403
