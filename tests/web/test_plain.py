"""No address and no form with a NUL reaches a view, let alone PostgreSQL."""

import pytest
from django.test import Client
from tests.factories import accounts

from touchmark.engine.terms import Role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/desk/decisions/D%00/", "/desk/?after=%00", "/holder/notices/%00/", "/%00"])
def test_an_address_with_a_nul_is_not_there(address: str) -> None:
    assert accounts.signed_in(accounts.member(Role.REVIEWER)).get(address).status_code == 404


def test_a_form_with_a_nul_is_refused() -> None:
    assert Client().post("/sign-in", {"login": "a\x00@b.test", "password": "x"}).status_code == 400
