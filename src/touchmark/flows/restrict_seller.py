"""Suspending a seller, closing its shop, and opening it again: the seller's row first, then the decision."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchmark.apps.catalog import access as catalog
from touchmark.apps.decisions import access, sellers
from touchmark.apps.decisions.sellers import SellerChoice
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Actor

if TYPE_CHECKING:
    from touchmark.apps.decisions.models import Decision


class NotOnASeller(TouchmarkError):
    """The decision is on a listing."""


@transaction.atomic
def propose(*, marketplace: str, seller_id: str, choice: SellerChoice, actor: Actor, at: datetime) -> Decision:
    """
    Propose to suspend a seller or close its shop.

    :raises NoSuchSeller: if there is none that the actor may see
    :raises TouchmarkError: as ``sellers.propose`` says
    """
    seller = catalog.seller_for(actor, marketplace, seller_id, lock=True)
    return sellers.propose(seller=seller, choice=choice, actor=actor, at=at)


@transaction.atomic
def answer(*, ref: str, event: str, reason: str, actor: Actor, at: datetime) -> Decision:
    """
    Answer a proposal, ``approve`` or ``decline``; or ``lift`` what is in force.

    :raises NoSuchDecision: if there is none that the actor may see
    :raises NotOnASeller: if it is on a listing
    :raises TouchmarkError: as ``sellers`` says
    """
    decision = access.decision_for(actor, ref, lock=True)
    if decision.seller is None:
        raise NotOnASeller(f"Decision {ref} is on a listing.")
    if event == "approve":
        return sellers.approve(decision=decision, actor=actor, at=at)
    settle = sellers.decline if event == "decline" else sellers.lift
    return settle(decision=decision, reason=reason, actor=actor, at=at)
