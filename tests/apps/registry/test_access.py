import pytest
from tests.factories import accounts, pictures, registry
from tests.factories.accounts import AT

from touchmark.apps.blobs import actions as blobs
from touchmark.apps.registry import access
from touchmark.engine.terms import NOBODYS, Actor, Role

pytestmark = pytest.mark.django_db
SEES_ALL = {Role.REVIEWER, Role.POLICY_OWNER, Role.INVESTIGATOR}
PEOPLE = [role for role in Role if role not in NOBODYS]


@pytest.mark.parametrize("role", PEOPLE)
def test_who_sees_a_strangers_rights(role: Role) -> None:
    right = registry.right(registry.holder("Planted & Sons"), text="PLANTED")
    actor = accounts.actor(role)
    assert list(access.rights_for(actor)) == ([right] if role in SEES_ALL else [])
    if role in SEES_ALL:
        assert access.right_for(actor, right.ref) == right
        return
    with pytest.raises(access.NoSuchRight) as there:
        access.right_for(actor, right.ref)
    with pytest.raises(access.NoSuchRight) as nowhere:
        access.right_for(actor, "R-2026-0000-0000")
    # the answer does not tell the one from the other
    assert str(there.value).replace(right.ref, "") == str(nowhere.value).replace("R-2026-0000-0000", "")
    assert "Planted" not in str(there.value).title()


@pytest.mark.parametrize("role", [Role.HOLDER, Role.AGENT])
def test_a_holders_people_see_its_own_and_no_more(role: Role) -> None:
    vera = registry.holder("Aldermoor Ltd")
    mine, _ = registry.right(vera, text="MINE"), registry.right(text="THEIRS")
    colleague = accounts.actor(role, of=registry.organisation_of(vera))
    assert [right.text for right in access.rights_for(colleague)] == ["MINE"]
    assert access.right_for(colleague, mine.ref, lock=False) == mine


@pytest.mark.parametrize(
    "actor", [Actor.system(), Actor(None, None, frozenset({Role.HOLDER})), Actor(1, None, frozenset())]
)
def test_nobody_in_particular_sees_nothing(actor: Actor) -> None:
    registry.right()
    assert not access.rights_for(actor).exists()


def test_a_picture_is_seen_with_its_right() -> None:
    vera = registry.holder()
    blob = blobs.keep(pictures.drawn(), at=AT)
    assert not access.may_see_picture(vera, blob.sha256)
    registry.right(vera, image=blob.sha256)
    assert access.may_see_picture(vera, blob.sha256)
    assert access.may_see_picture(accounts.actor(Role.REVIEWER), blob.sha256)
    assert not access.may_see_picture(registry.holder(), blob.sha256)
    assert not access.may_see_picture(accounts.actor(Role.SELLER), blob.sha256)
