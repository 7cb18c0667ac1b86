from collections.abc import Callable

import pytest
from django.db import Error, connection
from tests.apps.audit.conftest import AT

from touchmark.apps.audit import actions, guard
from touchmark.apps.audit.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sealed(append: Callable[..., Event]) -> None:
    append()
    actions.seal(at=AT)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET kind = 'another'",
        "DELETE FROM audit_event",
        "UPDATE audit_leaf SET digest = digest",
        "DELETE FROM audit_leaf",
        "UPDATE audit_checkpoint SET note = ''",
        "DELETE FROM audit_checkpoint",
    ],
)
def test_a_bug_of_ours_cannot_change_what_was_written(statement: str) -> None:
    with pytest.raises(Error, match=guard.REFUSAL), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_orm_meets_the_same_refusal() -> None:
    event = Event.objects.get()
    event.kind = "another"
    with pytest.raises(Error, match=guard.REFUSAL):
        event.save()


@pytest.mark.django_db(transaction=True)
def test_it_is_up_again_after_the_tests_have_emptied_the_database() -> None:
    with guard.lifted(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_event SET kind = 'x' WHERE id = -1")
    with pytest.raises(Error, match=guard.REFUSAL), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_event SET kind = 'x'")
