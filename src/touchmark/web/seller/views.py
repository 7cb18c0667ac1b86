"""What needs a seller now, the decisions on its listings, and one decision."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from touchmark.apps.appeals import access as appeals_access
from touchmark.apps.appeals import queries as appeals
from touchmark.apps.decisions import access, basis, queries
from touchmark.apps.decisions import messages as written
from touchmark.apps.decisions.statement import measure_in_words
from touchmark.apps.disputes import queries as disputes
from touchmark.apps.notices import queries as notices
from touchmark.apps.rows import first_rows
from touchmark.engine.lifecycle.decision import APPEALABLE, DecisionStatus
from touchmark.engine.terms import Actor, Role
from touchmark.flows import correct_listing
from touchmark.flows.correct_listing import Looked
from touchmark.web import clock
from touchmark.web.counters.offers import offers_on
from touchmark.web.desk import attributes
from touchmark.web.guard import PersonRequest, roles
from touchmark.web.seller import waits
from touchmark.web.seller.case import exchange_of, steps_of
from touchmark.web.seller.standing import BADGES, Standing, standing_of
from touchmark.web.traders.due import due_for
from touchmark.web.ui.charts import whole
from touchmark.web.ui.words import RIGHT_KINDS as KINDS

if TYPE_CHECKING:
    from touchmark.apps.appeals.models import Appeal
    from touchmark.apps.decisions.models import Decision

LOOKED = {
    Looked.CORRECTED: gettext_lazy("Nothing speaks against the new version. The decision is closed."),
    Looked.UNCHANGED: gettext_lazy(
        "The marketplace has not sent us another version yet. Change the listing there; we look at it as soon as it is "
        "here."
    ),
    Looked.FOUND: gettext_lazy("Something is still found in the new version. A person looks at it; you can go on."),
    Looked.SETTLED: gettext_lazy("This decision is settled already."),
}
ON_A_PAGE = 25
ON_THE_FIRST_PAGE = 10
LATELY = 5


@dataclass(frozen=True, slots=True)
class Row:
    """A decision in a list. ``listing`` is its name as it was: title, marketplace, listing_id."""

    ref: str
    listing: dict[str, str]
    picture: str
    decided_at: datetime
    appeal_by: datetime
    standing: Standing
    appeal: "Appeal | None"

    may_appeal: bool
    correct_by: datetime | None = None

    @property
    def badge(self) -> dict[str, str]:
        """How the state looks."""
        colour, text, icon = BADGES[self.standing]
        return {"colour": colour, "text": str(text), "icon": icon}


def _rows(actor: Actor, found: Iterable["Decision"], at: datetime) -> list[Row]:
    decisions = list(found)
    mine = appeals.by_decision(actor, decisions)
    return [_row(decision, mine.get(decision.pk), at) for decision in decisions]


def _row(decision: "Decision", appeal: "Appeal | None", at: datetime) -> Row:
    return Row(
        ref=decision.ref,
        listing=decision.statement.content["listing"],
        picture=basis.first_picture(decision),
        decided_at=decision.decided_at,
        appeal_by=decision.statement.appeal_by,
        standing=standing_of(decision, appeal, at),
        appeal=appeal,
        may_appeal=appeal is None and decision.status in APPEALABLE and at <= decision.statement.appeal_by,
        correct_by=decision.correct_by if decision.status == DecisionStatus.TO_CORRECT else None,
    )


@roles(Role.SELLER)
def home(request: PersonRequest) -> HttpResponse:
    """Show what needs the seller now: what can still be appealed, the most urgent first, and what is under way."""
    actor, at = request.actor, clock.now()
    open_now = appeals.open_to(actor, at).exclude(status=DecisionStatus.TO_CORRECT)  # which stand above, by their day
    under_way = appeals.unanswered(actor)
    open_count = open_now.order_by()[: queries.COUNTED + 1].count()
    found = {
        "correct": _rows(actor, queries.to_be_corrected(access.decisions_for(actor))[:ON_THE_FIRST_PAGE], at),
        "open": _rows(actor, first_rows(open_now.select_related("snapshot"), ON_THE_FIRST_PAGE), at),
        "open_count": open_count,
        "open_shown": whole(queries.COUNTED) + "+" if open_count > queries.COUNTED else whole(open_count),
        "under_way": _rows(actor, (appeal.decision for appeal in under_way[:ON_THE_FIRST_PAGE]), at),
        "under_way_count": under_way.count(),
        "answered": _rows(actor, (appeal.decision for appeal in first_rows(appeals.answered(actor), LATELY)), at),
        "to_answer": waits.to_answer(actor, at),
        "answers": waits.under_way(actor),
        "trader": due_for(actor),
        "any": access.decisions_for(actor).exists(),
    }
    return render(request, "touchmark/seller/home.html", found)


@roles(Role.SELLER)
def decisions(request: PersonRequest) -> HttpResponse:
    """Show every decision on the seller's listings, newest first."""
    every = access.decisions_for(request.actor).select_related("snapshot")
    page = Paginator(every, ON_A_PAGE).get_page(request.GET.get("page"))
    found = {"page": page, "rows": _rows(request.actor, page, clock.now())}
    return render(request, "touchmark/seller/decisions.html", found)


@roles(Role.SELLER)
@require_POST
def corrected(request: PersonRequest, ref: str) -> HttpResponse:
    """Look at once at a listing that the seller says is corrected, and say what came of it."""
    found = correct_listing.look_again(ref=ref, actor=request.actor, at=clock.now())
    say = messages.success if found == Looked.CORRECTED else messages.warning
    say(request, str(LOOKED[found]))
    return redirect("seller_decision", ref)


@roles(Role.SELLER)
def decision(request: PersonRequest, ref: str) -> HttpResponse:
    """Show one decision: where it stands, what was said, what the seller can do, and what it rests on."""
    found = access.decision_for(request.actor, ref)
    appeal = appeals_access.appeals_for(request.actor).filter(decision=found).first()
    standing = standing_of(found, appeal, clock.now())
    right = basis.register_entry(found)
    listing = basis.listing_as_it_was(found) if found.snapshot else None
    page = {
        "row": _row(found, appeal, clock.now()),
        "offers": offers_on(found.pk, request.actor, clock.now()),
        "c": found.statement.content,
        "statement": found.statement,
        "steps": steps_of(found, appeal, standing),
        "exchange": exchange_of(found, appeal),
        "disputes": disputes.of_appeal(appeal) if appeal else [],
        "may_tell": appeal is not None and disputes.can_be_brought(appeal),
        "listing": listing,
        "attributes": attributes.rows(listing.said.get("attributes", ""), ()) if listing else (),
        "right": right,
        "notifiers": notices.shared_by(
            found.notices.select_related("notice__holder", "notice__filed_by", "notice__guest")
        ),
        "gate": found.gate,
        "banned_until": found.because.ends_at if found.because else None,
        "written": written.said_about(found).count(),
        "on_shop": found.seller_id is not None,
        "measure": measure_in_words(found) if found.correct_by else "",
        "right_kind": KINDS[right.kind] if right else "",
    }
    return render(request, "touchmark/seller/decision.html", page)
