"""
The life of a notice as it comes in, before its listings are judged: drafted, confirmed, completed.

What becomes of each listing that it names is the life of an item (``notice_item.py``).
"""

from enum import StrEnum

from touchmark.engine.lifecycle.parties import NOTIFIERS
from touchmark.engine.lifecycle.table import Lifecycle, move
from touchmark.engine.terms import Role


class FilingStatus(StrEnum):
    """Where a notice stands on its way in."""

    NEW = "new"
    DRAFT = "draft"
    UNCONFIRMED = "unconfirmed"  # a guest's, whose address nobody has confirmed
    INCOMPLETE = "incomplete"
    COMPLETE = "complete"
    SETTLED = "settled"  # each listing has its answer
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    STOPPED = "stopped"  # the right was cancelled, or its holder sanctioned


S = FilingStatus
MEMBERS = {Role.HOLDER, Role.AGENT}

FILING = Lifecycle(
    "filing",
    start=S.NEW,
    rows=[
        move("draft", S.NEW, S.DRAFT, MEMBERS),
        move("amend", S.DRAFT, S.DRAFT, MEMBERS),
        move("discard", S.DRAFT, S.WITHDRAWN, MEMBERS),
        move("file", {S.NEW, S.DRAFT}, S.COMPLETE, MEMBERS),
        move("file_incomplete", {S.NEW, S.DRAFT}, S.INCOMPLETE, MEMBERS),
        move("file_as_guest", S.NEW, S.UNCONFIRMED, Role.GUEST),
        move("confirm", S.UNCONFIRMED, S.COMPLETE, Role.GUEST),
        move("confirm_incomplete", S.UNCONFIRMED, S.INCOMPLETE, Role.GUEST),
        move("confirm_again", {S.COMPLETE}, S.COMPLETE, Role.GUEST),  # the link is followed twice
        move("complete", S.INCOMPLETE, S.COMPLETE, NOTIFIERS),
        move("add", S.INCOMPLETE, S.INCOMPLETE, NOTIFIERS),  # something, but not all that is missing
        move("ask_for_more", S.COMPLETE, S.INCOMPLETE, Role.REVIEWER),  # what was given is not what was asked for
        move("settle", S.COMPLETE, S.SETTLED, {Role.REVIEWER, Role.SYSTEM}),
        # An answer was overturned, or a listing that was gone came back.
        move("reopen", S.SETTLED, S.COMPLETE, {Role.REVIEWER, Role.SYSTEM}),
        move("withdraw", {S.UNCONFIRMED, S.INCOMPLETE, S.COMPLETE}, S.WITHDRAWN, NOTIFIERS),
        move("lapse", {S.DRAFT, S.UNCONFIRMED, S.INCOMPLETE}, S.LAPSED, Role.CLOCK),
        move("stop", {S.DRAFT, S.UNCONFIRMED, S.INCOMPLETE, S.COMPLETE}, S.STOPPED, Role.SYSTEM),
    ],
    clocks={
        S.DRAFT: ("draft",),
        S.UNCONFIRMED: ("confirm_email",),
        S.INCOMPLETE: ("complete_notice",),  # once it is complete, the clocks of its items run
    },
)
