"""The second pair of eyes: confirming what a colleague proposed, or sending it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from touchmark.engine.lifecycle.proposal import ProposalStatus
from touchmark.engine.terms import Role
from touchmark.flows import second_eyes
from touchmark.web import clock
from touchmark.web.desk.addresses import decision_link
from touchmark.web.guard import ActingRequest, roles


@roles(Role.REVIEWER)
@require_POST
def confirm(request: ActingRequest, ref: str) -> HttpResponse:
    """Take the decision that a colleague proposed."""
    proposal = second_eyes.confirm(ref=ref, actor=request.actor, at=clock.now())
    if proposal.status == ProposalStatus.OVERTAKEN or proposal.decision is None:
        messages.warning(request, _("The listing has changed since: nothing was decided, and it waits as it is now."))
        return redirect("desk_listing", proposal.listing.marketplace.slug, proposal.listing.listing_id)
    link = decision_link(proposal.decision.ref)
    messages.success(request, format_html(_("Confirmed: decision {ref}."), ref=link))
    return redirect("desk_home")


@roles(Role.REVIEWER)
@require_POST
def send_back(request: ActingRequest, ref: str) -> HttpResponse:
    """Send a proposal back to whoever made it, with a word on why."""
    second_eyes.send_back(ref=ref, words=request.POST.get("words", ""), actor=request.actor, at=clock.now())
    messages.success(request, _("Sent back. The listing waits for anybody's decision."))
    return redirect("desk_home")
