"""A seller at the desk: its record, and suspending it or closing its shop, which takes two people."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from touchmark.apps.catalog import access as catalog
from touchmark.apps.catalog.access import NoSuchSeller
from touchmark.apps.decisions import access, sellers, strikes
from touchmark.apps.decisions.actions import AlreadyRestricted, IncompleteDecision
from touchmark.apps.decisions.kinds import DecisionKind, Ground
from touchmark.apps.decisions.proposed import due_of_each
from touchmark.apps.decisions.sellers import SellerChoice
from touchmark.apps.inbox.threads import FROM_DESK
from touchmark.apps.penalties import queries as penalties
from touchmark.engine.lifecycle.decision import DecisionStatus
from touchmark.engine.lifecycle.table import IllegalMove
from touchmark.engine.terms import Actor, Role
from touchmark.flows import restrict_seller
from touchmark.web import clock
from touchmark.web.desk import words
from touchmark.web.desk.forms import GROUNDS, ProvenWords, area, end_of, new_key
from touchmark.web.desk.queue import READS
from touchmark.web.guard import ActingRequest, roles
from touchmark.web.looked import looks_at
from touchmark.web.thread import MessageForm, thread_page
from touchmark.web.ui.standings import STANDINGS
from touchmark.web.ui.tracks import tracks_of

if TYPE_CHECKING:
    from touchmark.apps.catalog.models import Seller
    from touchmark.apps.decisions.models import Decision

#: So many of a seller's decisions are shown on its page.
SHOWN = ON_A_PAGE = 50


class SellerForm(forms.Form):
    """What is proposed against a seller."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What to do"),
        choices=list(words.PROPOSES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what is done to the seller.")},
    )
    ends_on = forms.DateField(
        label=gettext_lazy("Until"),
        help_text=gettext_lazy("Blank: until it is reversed."),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "short"}),
    )
    linked_marketplace = forms.ChoiceField(label=gettext_lazy("Marketplace of the other shop"), required=False)
    linked_seller = forms.CharField(
        label=gettext_lazy("Id of the other shop"),
        help_text=gettext_lazy("As its marketplace calls it. Only for a link."),
        required=False,
        max_length=200,
    )
    facts = ProvenWords(
        label=gettext_lazy("What speaks against the seller"),
        help_text=gettext_lazy("The seller reads this first."),
        widget=area(4),
        error_messages={"required": gettext_lazy("Write what speaks against the seller: the seller reads it first.")},
    )
    ground = forms.ChoiceField(label=gettext_lazy("Ground"), choices=GROUNDS[::-1], widget=forms.RadioSelect)
    ground_reference = forms.CharField(
        label=gettext_lazy("Law or term"),
        max_length=500,
        error_messages={"required": gettext_lazy("Name the law or the term that it rests on.")},
    )
    ground_explanation = ProvenWords(
        label=gettext_lazy("Why it applies"),
        widget=area(3),
        error_messages={"required": gettext_lazy("Say why that law or term applies.")},
    )
    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        markets = [(market.slug, market.name) for market in catalog.marketplaces()]
        self.fields["linked_marketplace"].choices = markets  # type: ignore[attr-defined]

    def choice(self, actor: Actor) -> SellerChoice:
        """
        Give what was chosen.

        :raises NoSuchSeller: if the shop to be linked to is none that the actor may see
        """
        given = self.cleaned_data
        links = given["kind"] == DecisionKind.LINK and bool(given["linked_seller"].strip())
        about = (given["linked_marketplace"], given["linked_seller"].strip())
        return SellerChoice(
            kind=DecisionKind(given["kind"]),
            facts=given["facts"],
            ground=Ground(given["ground"]),
            ground_reference=given["ground_reference"],
            ground_explanation=given["ground_explanation"],
            request_key=given["request_key"],
            ends_at=end_of(given["ends_on"]),
            linked_to=catalog.seller_for(actor, *about) if links else None,
        )


@roles(*READS)
def waiting(request: ActingRequest) -> HttpResponse:
    """Show the proposals that wait for a second person, and the sellers that are suspended or closed."""
    found = access.decisions_for(request.actor).filter(seller__isnull=False).select_related("decided_by")
    proposed = list(found.filter(status=DecisionStatus.PROPOSED).order_by("decided_at", "id")[:SHOWN])
    until = due_of_each(proposed)
    shown = {
        "waiting": [(one, until.get(one.pk)) for one in proposed],
        "page": Paginator(found.filter(status=DecisionStatus.IN_FORCE), ON_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "touchmark/desk/sellers.html", shown)


@roles(*READS)
@looks_at("seller")
def seller(request: ActingRequest, marketplace: str, seller_id: str) -> HttpResponse:
    """Show a seller with its record, or take a proposal against it."""
    found = catalog.seller_for(request.actor, marketplace, seller_id)
    if request.method == "POST":
        return _proposed(request, found)
    return _page(request, found, _first_form(found))


def _first_form(found: Seller) -> SellerForm:
    reference = _("Terms for sellers of {marketplace}: repeated infringements")
    first: dict[str, Any] = {"ground": Ground.TERMS, "request_key": new_key()}
    first["ground_reference"] = reference.format(marketplace=found.marketplace.name)
    return SellerForm(initial=first, use_required_attribute=False)


def _proposed(request: ActingRequest, found: Seller) -> HttpResponse:
    form = SellerForm(request.POST, use_required_attribute=False)
    if form.is_valid():
        about = {"marketplace": found.marketplace.slug, "seller_id": found.seller_id}
        try:
            choice = form.choice(request.actor)
            decision = restrict_seller.propose(choice=choice, actor=request.actor, at=clock.now(), **about)
        except NoSuchSeller as refusal:
            form.add_error("linked_seller", str(refusal))
        except IncompleteDecision as refusal:
            refusal.field = "linked_seller" if refusal.field == "linked_to" else refusal.field
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        except AlreadyRestricted as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Proposed. It takes effect once a second person approves it."))
            return redirect("desk_decision", decision.ref)
    return _page(request, found, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _page(
    request: ActingRequest, found: Seller, form: SellerForm, *, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    record = strikes.record_of_sellers([found.pk], at=clock.now())
    colour, word, icon, _means = STANDINGS[record.standing]
    shown = {
        "seller": found,
        "badge": {"colour": colour, "text": word, "icon": icon},
        "tracks": tracks_of(penalties.stand_of(found, at=clock.now()), request.actor),
        "also": sellers.bans_and_links(found),
        "decisions": _decisions(request, found),
        "standing_on": sellers.standing_on(found),
        "form": form,
        "may_propose": request.actor.has(Role.REVIEWER),
    }
    return render(request, "touchmark/desk/seller.html", shown, status=status)


def _decisions(request: ActingRequest, found: Seller) -> list[tuple[Decision, Any]]:
    mine = access.concerning(access.decisions_for(request.actor), found).select_related("decided_by", "rule")
    return [(decision, words.standing_of(decision)) for decision in mine[:SHOWN]]


class ReasonForm(forms.Form):
    """Why a proposal is let go, or a decision on a seller taken back."""

    reason = ProvenWords(
        label=gettext_lazy("Why"), widget=area(2), error_messages={"required": gettext_lazy("Say why.")}
    )


@roles(*READS)
@require_POST
def answer(request: ActingRequest, ref: str) -> HttpResponse:
    """Approve a proposal, decline it, or lift what is in force."""
    event = request.POST.get("event", "")
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    if event not in DONE or (event != "approve" and not reason):
        messages.warning(request, str(next(iter(form.errors.get("reason", [])), _("Say why."))))
        return redirect("desk_decision", ref)
    try:
        decision = restrict_seller.answer(ref=ref, event=event, reason=reason, actor=request.actor, at=clock.now())
    except (IllegalMove, IncompleteDecision, restrict_seller.NotOnASeller) as refusal:
        messages.warning(request, str(refusal))
    else:
        taken_up = event == "approve" and decision.status == DecisionStatus.PROPOSED
        messages.success(request, str(TAKEN_UP if taken_up else DONE[event]))
    return redirect("desk_decision", ref)


DONE = {
    "approve": gettext_lazy("Approved: the marketplace and the seller are told."),
    "decline": gettext_lazy("Declined. Nothing was done to the seller."),
    "lift": gettext_lazy("Taken back: the marketplace and the seller are told."),
}


TAKEN_UP = gettext_lazy("Two people close a shop: it is your proposal now, and somebody else approves it.")


class ProvenMessage(MessageForm):
    """What a reviewer writes: no more than is proved."""

    text = ProvenWords(
        label=gettext_lazy("Your message"),
        widget=area(5, dir="auto"),
        error_messages={"required": gettext_lazy("Write something before you send it.")},
    )


@roles(Role.REVIEWER)
def thread(request: ActingRequest, ref: str) -> HttpResponse:
    """Show what a seller and the reviewers wrote about a decision, or send what a reviewer wrote."""
    template = "touchmark/desk/messages.html"
    return thread_page(request, ref, route="desk_messages", template=template, mine=FROM_DESK, form_of=ProvenMessage)
