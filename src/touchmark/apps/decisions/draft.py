"""What a seller would read if a decision were taken as it stands on the reviewer's screen: the same words, unsigned."""

from datetime import datetime

from touchmark.apps.catalog.models import Listing, ListingSnapshot
from touchmark.apps.decisions import statement
from touchmark.apps.decisions.actions import Choice
from touchmark.apps.decisions.models import Decision, Statement


def drafted(
    *,
    listing: Listing,
    choice: Choice,
    automated_detection: bool,
    from_notice: bool,
    flagged: bool,
    reader: str,
    at: datetime,
) -> Statement:
    """
    Give the statement of reasons as it would be, in the seller's language. It is not stored, and promises nothing.

    :param flagged: whether all notices that are upheld are trusted flaggers'
    :param reader: the language that the seller reads
    :raises IncompleteParticulars: if an element that the regime asks for has no content yet
    """
    decision = Decision(
        listing=listing,
        snapshot=ListingSnapshot(listing=listing, content={"title": listing.title}),
        kind=choice.kind,
        territories=sorted(choice.territories),
        ground=choice.ground or "",
        ground_reference=choice.ground_reference.strip(),
        ground_explanation=choice.ground_explanation.strip(),
        facts=choice.facts.strip(),
        automated_detection=automated_detection,
        decided_at=at,
        effective_at=at,
        pictures=list(choice.pictures),
        ends_at=choice.ends_at,
        correct_by=choice.correct_by,
        measure=choice.measure or "",
        at_once=choice.at_once,
        decided_by_id=0,  # somebody: a person decides at this screen
    )
    return statement.written(decision, from_notice=from_notice, flagged=flagged, at=at, language=reader)
