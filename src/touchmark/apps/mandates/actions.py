"""
Giving a mandate, ending it, letting it run out.

What happens is on record under ``mandate:<ref>``; both sides have a letter about each change.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from touchmark.apps.accounts import queries as accounts
from touchmark.apps.accounts.models import Organisation, OrganisationKind
from touchmark.apps.audit import actions as audit
from touchmark.apps.audit.refs import new_ref
from touchmark.apps.inbox import actions as inbox
from touchmark.apps.mandates import access, codes, queries
from touchmark.apps.mandates.models import Mandate
from touchmark.apps.registry import access as registry
from touchmark.apps.registry.models import Right
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.mandate import MANDATE, MandateStatus
from touchmark.engine.lifecycle.table import NotYours
from touchmark.engine.terms import Actor, Role

#: So many mandates of one principal stand at once, and so many rights and brands one names.
MOST = 100
MOST_NAMED = 500
#: So many are looked at in one pass.
BATCH = 200


class IncompleteMandate(TouchmarkError):
    """What is to be given lacks something, or says what cannot be; ``field`` names where."""

    def __init__(self, field: str, text: str) -> None:
        self.field = field
        super().__init__(text)


class MandateOver(TouchmarkError):
    """The mandate has ended, or has not begun: nothing is filed under it now."""


@dataclass(frozen=True, slots=True)
class Given:
    """
    What a principal gives: to the organisation of which number, from when until when, and for which rights: all of its
    own, or those of brands by their keys, and single ones by their references.
    """

    agent: str
    from_on: date
    until_on: date | None = None
    whole: bool = False
    brands: Collection[int] = ()
    rights: Collection[str] = ()


def agent_named(code: str, actor: Actor) -> Organisation:
    """
    Give the organisation that a number names.

    :raises IncompleteMandate: if it names none, or the actor's own
    """
    found = Organisation.objects.filter(pk=codes.named_by(code) or 0, kind=OrganisationKind.HOLDER).first()
    if found is None:
        raise IncompleteMandate(
            "agent", _("No organisation has this number. Ask the association to send it to you again, and copy it.")
        )
    if found.pk == actor.organisation_id:
        raise IncompleteMandate("agent", _("This is your own number. Enter that of the association."))
    return found


@transaction.atomic
def give(*, said: Given, actor: Actor, at: datetime) -> Mandate:
    """
    Let another organisation file notices in the name of the actor's.

    :raises NotYours: if the actor is no holder, or not for all that it holds
    :raises IncompleteMandate: if a field says what cannot be
    """
    event = MANDATE.step(MandateStatus.NEW, "give", roles=actor.roles).event
    if not actor.reaches_everywhere(Role.HOLDER):
        raise NotYours("A mandate is given by somebody whose role reaches all that the holder has.")
    list(Organisation.objects.select_for_update().filter(pk=actor.organisation).values_list("pk"))
    agent = agent_named(said.agent, actor)
    brands, rights = _named(said, actor, at.date())
    mandate = Mandate(
        ref=new_ref("M", at),
        principal_id=actor.organisation,
        agent=agent,
        whole=said.whole,
        from_on=said.from_on,
        until_on=said.until_on,
        given_by=accounts.person(actor.person),
        given_at=at,
    )
    record(mandate, event, actor=actor, at=at)
    mandate.brands.set(brands)
    mandate.rights.set(rights)
    return _told(mandate, event, at)


def _named(said: Given, actor: Actor, on: date) -> tuple[list[int], list[Right]]:
    """Give the brands and rights that a mandate names, each the principal's own."""
    if said.until_on is not None and said.until_on < max(said.from_on, on):
        raise IncompleteMandate("until_on", _("It ends before it begins, or has ended: check the days."))
    if queries.standing(actor.organisation) >= MOST:
        raise IncompleteMandate("agent", _("%(most)d mandates stand already. End one first.") % {"most": MOST})
    if said.whole:
        return [], []
    if not said.brands and not said.rights:
        raise IncompleteMandate("scope", _("Say for which rights: all of yours, brands, or single ones."))
    if len(said.brands) + len(said.rights) > MOST_NAMED:
        raise IncompleteMandate("scope", _("These are too many. Give the mandate for brands, or for all your rights."))
    own = registry.brands_for(actor).filter(pk__in=list(said.brands)).values_list("pk", flat=True)
    rights = list(registry.rights_for(actor).filter(ref__in=list(said.rights)))
    if missing := set(said.rights) - {right.ref for right in rights}:
        raise IncompleteMandate("rights", _("You have no right %(ref)s.") % {"ref": sorted(missing)[0][:40]})
    if set(said.brands) - set(own):
        raise IncompleteMandate("brands", _("One of these brands is not yours. Choose again."))
    return list(own), rights


@transaction.atomic
def end(*, ref: str, why: str, actor: Actor, at: datetime) -> Mandate:
    """
    End a mandate: its principal revokes it, its agent lays it down. What was filed under it goes on.

    :raises NoSuchMandate: if there is none that the actor may see
    :raises NotYours: if the actor is neither side's holder
    :raises IllegalMove: if it has ended already
    """
    mandate = access.mandate_for(actor, ref, lock=True)
    if actor.organisation_id not in (mandate.principal_id, mandate.agent_id):
        raise NotYours("A mandate is ended by who gave it, or by whom it was given to.")
    event = "revoke" if actor.organisation_id == mandate.principal_id else "lay_down"
    move = MANDATE.step(MandateStatus(mandate.status), event, roles=actor.roles)
    mandate.why, mandate.ended_at = why.strip()[:2_000], at
    return _told(record(mandate, move.event, actor=actor, at=at), move.event, at)


@transaction.atomic
def expire_due(at: datetime) -> int:
    """Let those run out whose last day has passed; give how many. The day counts whether or not this has run."""
    due = list(queries.over(at.date()).select_for_update(skip_locked=True).order_by("pk")[:BATCH])
    for mandate in due:
        mandate.ended_at = at
        _told(record(mandate, "expire", actor=Actor.clock(), at=at), "expire", at)
    return len(due)


def covering(right: Right, actor: Actor, on: date) -> Mandate:
    """
    Give the mandate under which the actor files under another's right on a day.

    :raises NotYours: if none was ever given
    :raises MandateOver: if the last one has ended, or has not begun, with what to do
    """
    found = queries.covering(right, actor.organisation_id)
    counts = found.filter(queries.in_force_on(on)).first()
    if counts is not None:
        return counts
    last = found.first()
    if last is None:
        raise NotYours("A notice is filed by the holder of the right, or an agent acting for it.")
    if last.status == MandateStatus.GIVEN and last.from_on > on:
        said = _("Mandate %(ref)s of %(name)s counts from %(day)s. Send the notice then.")
        raise MandateOver(said % {"ref": last.ref, "name": last.principal.name, "day": date_format(last.from_on)})
    said = _("Mandate %(ref)s of %(name)s has ended. Ask them to give you a new one; what you filed goes on.")
    raise MandateOver(said % {"ref": last.ref, "name": last.principal.name})


def record(mandate: Mandate, event: str, *, actor: Actor, at: datetime) -> Mandate:
    """Append the event and write where the mandate stands; the caller holds the row."""
    before = MandateStatus.NEW if mandate.pk is None else MandateStatus(mandate.status)
    mandate.status = MANDATE.after(before, event)
    mandate.save()
    about = {"principal": mandate.principal_id, "agent": mandate.agent_id}
    audit.append(stream=f"mandate:{mandate.ref}", kind=event, actor=actor, at=at, payload=about)
    return mandate


def _told(mandate: Mandate, event: str, at: datetime) -> Mandate:
    content = {
        "what": event,
        "mandate": mandate.ref,
        "principal": mandate.principal.name,
        "agent": mandate.agent.name,
        "from": mandate.from_on.isoformat(),
        "until": mandate.until_on.isoformat() if mandate.until_on else "",
        "why": mandate.why,
    }
    for side in (mandate.principal, mandate.agent):
        inbox.deliver(organisation=side, kind="mandate", about=mandate.ref, content=content, at=at)
    return mandate
