"""What is proposed to a reviewer about a reported listing, in words: never more than a proposal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from touchmark.apps.accounts import queries as accounts
from touchmark.engine.lifecycle.notice_item import ItemStatus
from touchmark.engine.policy.evident import Rule, rule_named

if TYPE_CHECKING:
    from touchmark.apps.notices.models import NoticeItem

#: Colour and words of what is proposed.
WORDS: Mapping[str, tuple[str, Promise]] = {
    "uphold": ("red", gettext_lazy("proposed: uphold")),
    "refuse": ("green", gettext_lazy("proposed: refuse")),
}


@dataclass(frozen=True, slots=True)
class Proposed:
    """What is proposed, why, and by which rule."""

    colour: str
    text: Promise
    why: str
    rule: str


def proposed_for(item: NoticeItem) -> Proposed | None:
    """Give what is proposed for an item that waits to be judged; None where nothing is evident, or it is over."""
    rule = _rule(item)
    return Proposed(*WORDS[rule.event], _(rule.says), rule.id) if rule else None


def drafted_answer(item: NoticeItem) -> str:
    """Give the words to the holder to start from, in its language, where something is proposed; blank elsewhere."""
    rule = _rule(item)
    if rule is None:
        return ""
    with translation.override(accounts.language_of(item.holder_id)):
        return _(rule.answers)


def _rule(item: NoticeItem) -> Rule | None:
    return rule_named(item.evident) if item.status == ItemStatus.PROPOSED else None
