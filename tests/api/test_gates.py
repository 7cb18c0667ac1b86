"""Opening gates through the API: only for who owns the policy, and nobody else learns which brands are here."""

import pytest

from tests.factories import accounts, clients, registry
from touchmark.engine.terms import Role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", [Role.SELLER, Role.REVIEWER])
def test_who_may_open_no_gate_learns_not_whether_a_brand_is_here(role: Role) -> None:
    registry.verified(registry.holder("Aldermoor Ltd"), text="ALDERMOOR", brand="Aldermoor")
    program = clients.with_every_scope(accounts.actor(role))
    said = [
        program.post("/gates", {"brand": brand, "reason": "Many reports."}).json()
        for brand in ("Aldermoor", "Nobody's own")
    ]
    assert [one["status"] for one in said] == [403, 403]
    assert said[0] == said[1]
