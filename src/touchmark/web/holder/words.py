"""Words of the holder's pages for what the code calls by short names."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from touchmark.apps.notices.reasons import NoticeReason
from touchmark.engine.lifecycle.notice_item import ItemStatus

#: Colour, words and icon of each status.
BADGES: Mapping[str, tuple[str, Promise, str]] = {
    ItemStatus.WAITING: ("amber", _("Waits for you: incomplete"), "alert"),
    ItemStatus.PROPOSED: ("accent", _("Waits for a reviewer"), "clock"),
    ItemStatus.EXAMINED: ("amber", _("Waits for you: are the goods genuine?"), "alert"),
    ItemStatus.JOINED: ("accent", _("Joined to another notice"), "clock"),
    ItemStatus.GONE: ("", _("The listing is gone"), "cross"),
    ItemStatus.UNGROUNDED: ("", _("The right is not good there"), "cross"),
    ItemStatus.LAPSED: ("", _("Lapsed: not completed in time"), "cross"),
    ItemStatus.STOPPED: ("", _("Stopped"), "cross"),
    ItemStatus.RETRACTED: ("", _("You took it back"), "undo"),
    ItemStatus.PUT_BACK: ("violet", _("Put back on a counter-notice"), "dispute"),
    ItemStatus.RECEIVED: ("accent", _("Waits for a reviewer"), "clock"),
    ItemStatus.UPHELD: ("green", _("Upheld"), "settled"),
    ItemStatus.REFUSED: ("", _("Not upheld"), "cross"),
    ItemStatus.WITHDRAWN: ("", _("Withdrawn"), "undo"),
    ItemStatus.REVERSED: ("violet", _("Reversed after an appeal"), "dispute"),
}

#: Why somebody reports a listing, as they would say it: suspected, until it is proven.
REASONS: Mapping[str, Promise] = {
    NoticeReason.SUSPECTED_FAKE: _("I suspect that the goods are not genuine"),
    NoticeReason.MARK_IN_TEXT: _("Our mark is used for goods that are not ours"),
    NoticeReason.COPIED_PICTURE: _("Our picture or design is copied"),
}

#: What helps a reviewer to follow, by reason.
WHAT_TO_SAY: Mapping[str, Promise] = {
    NoticeReason.SUSPECTED_FAKE: _(
        "Say what tells you so, and how you know: what differs from the genuine product in the pictures, a test "
        "purchase and its date, a price or a quantity that cannot be. For example: “The clasp in picture 2 has a round "
        "rivet; ours has had a square one since 2019.”"
    ),
    NoticeReason.MARK_IN_TEXT: _(
        "Say where the mark stands, and why it does more than say what a product fits or that a used one is sold. For "
        "example: “The title sells a watch as ‘Aldermoor style’; the maker has nothing to do with us.”"
    ),
    NoticeReason.COPIED_PICTURE: _(
        "Say which picture or shape is yours, where you published it first and when. For example: “Picture 1 is from "
        "our catalogue of spring 2024, page 12, mirrored.”"
    ),
}
