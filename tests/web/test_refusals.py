"""The status of a refusal's page, by what the refusal is called."""

import pytest

from touchmark.apps.appeals.actions import OwnDecision
from touchmark.apps.blobs.display import NotShown
from touchmark.apps.catalog.access import NoSuchListing
from touchmark.apps.decisions.actions import AlreadyRestricted, IncompleteDecision
from touchmark.apps.decisions.queries import BadPlace
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.table import AlreadyThere, NotYours
from touchmark.flows.decide import Overtaken
from touchmark.web.refusals import status_of


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        # there is none, or none for this actor
        (NoSuchListing("none"), 404),
        (NotShown("no picture"), 404),
        # somebody else's to do; also where the name says it more closely
        (NotYours("not yours"), 403),
        (OwnDecision("you took it"), 403),
        # the address makes no sense
        (BadPlace("no place"), 400),
        # something is still to be said
        (IncompleteDecision("facts", "write"), 422),
        # somebody was first, or it is too late
        (Overtaken("overtaken"), 409),
        (AlreadyThere("there"), 409),
        (AlreadyRestricted("restricted"), 409),
        (TouchmarkError("anything else"), 409),
    ],
)
def test_a_refusal_has_the_status_that_its_name_says(refusal: TouchmarkError, status: int) -> None:
    assert status_of(refusal) == status
