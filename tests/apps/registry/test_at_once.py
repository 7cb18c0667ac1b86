"""Two people, or two files, at the same right at the same time."""

import pytest
from tests.factories import accounts, pictures, registry
from tests.factories.accounts import AT
from tests.factories.at_once import at_once

from touchmark.apps.accounts.models import Organisation
from touchmark.apps.audit import queries as audit
from touchmark.apps.inbox.models import Letter
from touchmark.apps.registry import actions
from touchmark.apps.registry.models import Brand, Right
from touchmark.apps.registry.record import stream_of
from touchmark.apps.registry.taking_in import import_rights
from touchmark.engine.lifecycle.right import RIGHT
from touchmark.engine.lifecycle.table import AlreadyThere, IllegalMove
from touchmark.engine.screening.intake import Intake
from touchmark.engine.terms import Actor, Role

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def begun() -> None:
    """A register that somebody has written to: the first to make its row would hold the others up by that alone."""
    registry.verified(text="BEFORE", owner="Before")


def test_the_same_file_twice_at_once_is_taken_in_once() -> None:
    said = [{"right_id": f"r-{n}", "text": f"M {n}", "owner": f"Owner {n % 3}", "brand": "B"} for n in range(60)]

    def take_in() -> Intake:
        return import_rights(registry.rows(*said), images=pictures.EMPTY, actor=Actor.system(), at=AT)

    given = at_once(take_in, take_in, take_in)
    assert sorted((intake.new, intake.unchanged) for intake in given) == [(0, 60), (0, 60), (60, 0)]
    assert Right.objects.exclude(text="BEFORE").count() == 60
    assert (Organisation.objects.filter(name__startswith="Owner").count(), Brand.objects.count()) == (3, 3)


def test_two_reviewers_at_once_answer_once() -> None:
    right = registry.right()
    Letter.objects.all().delete()
    rita, ravi = accounts.actor(Role.REVIEWER), accounts.actor(Role.REVIEWER)
    given = at_once(
        lambda: actions.verify(ref=right.ref, seen=right.digest, actor=rita, at=AT),
        lambda: actions.verify(ref=right.ref, seen=right.digest, actor=ravi, at=AT),
        lambda: actions.decline(ref=right.ref, seen=right.digest, reason="no", actor=ravi, at=AT),
    )
    assert sum(isinstance(answer, Right) for answer in given) == 1
    assert sum(isinstance(answer, IllegalMove | AlreadyThere) for answer in given) == 2
    kinds = [event.kind for event in audit.events_of(stream_of(right))]
    assert RIGHT.folded(kinds) == Right.objects.get(pk=right.pk).status
    assert (len(kinds), Letter.objects.count()) == (2, 1)


def test_a_change_and_its_verification_at_once_never_verify_what_was_not_seen() -> None:
    vera = registry.holder()
    right = registry.right(vera)
    rita = accounts.actor(Role.REVIEWER)
    at_once(
        lambda: actions.verify(ref=right.ref, seen=right.digest, actor=rita, at=AT),
        lambda: actions.amend(ref=right.ref, content=registry.content("GUCCI"), actor=vera, at=AT),
    )
    kept = Right.objects.get(pk=right.pk)
    assert (kept.text, kept.status) == ("GUCCI", "submitted")
    assert RIGHT.folded(event.kind for event in audit.events_of(stream_of(right))) == kept.status


def test_a_form_sent_twice_at_once_is_one_right() -> None:
    vera = registry.holder()
    given = at_once(*[lambda: actions.submit(content=registry.content(), actor=vera, at=AT)] * 3)
    assert {right.pk for right in given} == {Right.objects.get(holder=vera.organisation_id).pk}
