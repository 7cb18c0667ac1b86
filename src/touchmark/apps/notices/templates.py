"""Words that a holder uses again: kept from a draft under a name, begun with, renewed, deleted."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from touchmark.apps.accounts.actions import one_line
from touchmark.apps.notices import access
from touchmark.apps.notices.limits import TEMPLATES, TooManyAtOnce
from touchmark.apps.notices.models import NoticeTemplate
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Actor

#: Statements and signatures are made anew each time: a template never signs for anybody.
NEVER = frozenset({"signature"})


class BadTemplate(TouchmarkError):
    """A template needs a name."""


@transaction.atomic
def keep(*, ref: str, name: str, actor: Actor, at: datetime) -> NoticeTemplate:
    """
    Keep the words of a draft as a template; one of the same name is replaced. What it declares and signs is left out.

    :raises NoSuchNotice: if the actor has no such draft
    :raises BadTemplate: if the name is blank
    :raises TooManyAtOnce: if the holder has as many templates as it may
    """
    draft, called = access.draft_for(actor, ref), one_line(name)[:100]
    if not called:
        raise BadTemplate(_("Give the template a name."))
    own = access.templates_for(actor)
    if own.count() >= TEMPLATES and not own.filter(name=called).exists():
        raise TooManyAtOnce(_("You have %(most)d templates. Delete one first.") % {"most": TEMPLATES})
    words = {key: said for key, said in draft.particulars.items() if said is not True and key not in NEVER}
    said = {
        "kind": draft.right.kind,
        "reason": draft.reason,
        "statement": draft.statement,
        "particulars": words,
        "shared": list(draft.shared),
        "made_by_id": actor.person,
        "made_at": at,
    }
    kept, _made = NoticeTemplate.objects.update_or_create(
        holder=draft.agent or draft.holder, name=called, defaults=said
    )
    return kept


@transaction.atomic
def delete(*, key: int, actor: Actor) -> None:
    """
    Delete a template.

    :raises NoSuchTemplate: if the actor has none of that key
    """
    access.template_for(actor, key).delete()
