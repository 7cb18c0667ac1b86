"""The demo's way in, and every way in which it is refused."""

import pytest
from tests.factories import accounts
from tests.factories.accounts import AT

from touchmark.apps.accounts import access, demo
from touchmark.apps.accounts.models import DemoLink, DemoSeal, OrganisationKind, User
from touchmark.engine.terms import Role

pytestmark = pytest.mark.django_db
HOME = "127.0.0.1"


@pytest.fixture
def rita() -> User:
    """A reviewer of a demo's world."""
    demo.seal_as_demo(at=AT)
    of = demo.found_demo_organisation(kind=OrganisationKind.PLATFORM, name="Bazaar", country="NL", at=AT)
    return demo.enrol_demo_person(
        email="rita@bazaar.test", name="Rita", organisation_id=of.pk, roles=[Role.REVIEWER], at=AT
    )


def test_a_link_gives_its_person_once(rita: User) -> None:
    secret = demo.make_demo_link(user=rita, at=AT)
    assert demo.use_demo_link(secret=secret, remote_addr=HOME, forwarded=False, at=AT) == rita
    with pytest.raises(demo.DemoLinkRefused):
        demo.use_demo_link(secret=secret, remote_addr=HOME, forwarded=False, at=AT)


def test_only_a_digest_of_the_secret_is_kept(rita: User) -> None:
    secret = demo.make_demo_link(user=rita, at=AT)
    assert secret not in str(DemoLink.objects.values().get())


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
def test_loopback_is_this_machine(rita: User, address: str) -> None:
    secret = demo.make_demo_link(user=rita, at=AT)
    assert demo.use_demo_link(secret=secret, remote_addr=address, forwarded=False, at=AT) == rita


@pytest.mark.parametrize(
    "address",
    [
        "192.168.1.20",  # the same network is not the same machine
        "10.0.0.1",
        "203.0.113.9",
        "::ffff:203.0.113.9",
        "fe80::1",
        "0.0.0.0",  # noqa: S104  # what a server listens on, never where somebody comes from
        "localhost",  # a name proves nothing
        "",
    ],
)
def test_from_anywhere_else_it_is_refused_and_stays_unused(rita: User, address: str) -> None:
    secret = demo.make_demo_link(user=rita, at=AT)
    with pytest.raises(demo.DemoLinkRefused):
        demo.use_demo_link(secret=secret, remote_addr=address, forwarded=False, at=AT)
    assert DemoLink.objects.get().used_at is None


def test_behind_a_proxy_it_is_refused(rita: User) -> None:
    secret = demo.make_demo_link(user=rita, at=AT)
    with pytest.raises(demo.DemoLinkRefused):
        demo.use_demo_link(secret=secret, remote_addr=HOME, forwarded=True, at=AT)


def test_an_invented_secret_is_refused(rita: User) -> None:
    with pytest.raises(demo.DemoLinkRefused):
        demo.use_demo_link(secret="invented", remote_addr=HOME, forwarded=False, at=AT)


def test_without_the_seal_a_link_in_the_table_opens_nothing(rita: User) -> None:
    secret = demo.make_demo_link(user=rita, at=AT)
    DemoSeal.objects.all().delete()  # as if the row had been carried into another database
    with pytest.raises(demo.DemoLinkRefused):
        demo.use_demo_link(secret=secret, remote_addr=HOME, forwarded=False, at=AT)


def test_a_database_with_anybody_in_it_never_becomes_a_demo() -> None:
    accounts.user()
    with pytest.raises(demo.NotEmpty):
        demo.seal_as_demo(at=AT)
    assert not DemoSeal.objects.exists()


def test_outside_a_demo_nobody_is_made_and_no_link() -> None:
    person, of = accounts.user(), accounts.organisation()
    with pytest.raises(demo.NotADemo):
        demo.make_demo_link(user=person, at=AT)
    with pytest.raises(demo.NotADemo):
        demo.enrol_demo_person(email="a@b.test", name="A", organisation_id=of.pk, roles=[Role.HOLDER], at=AT)
    with pytest.raises(demo.NotADemo):
        demo.found_demo_organisation(kind="seller", name="x", country="DE", at=AT)


def test_a_demo_person_has_no_password_and_their_roles(rita: User) -> None:
    assert not rita.has_usable_password()
    assert access.actor_for(rita, None).roles == {Role.REVIEWER}
