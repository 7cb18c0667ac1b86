"""Words of the holder's pages for what the code calls by short names."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from touchmark.apps.notices.reasons import NoticeReason
from touchmark.engine.lifecycle.notice_item import ItemStatus
from touchmark.integrations.files.lists import Wrong

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
    NoticeReason.MARK_IN_PICTURE: _(
        "Say in which picture the mark is, where in it, and why the goods are not yours. For example: “The lion on the "
        "lid in picture 3 is our mark; we make no teapots.”"
    ),
    NoticeReason.MARK_IN_SHOP_NAME: _(
        "Say how the shop uses the mark, and why a shopper would take it for yours. For example: “The shop is called "
        "‘Aldermoor Official’; we have no shop on this marketplace.”"
    ),
    NoticeReason.COPIED_PICTURE: _(
        "Say which picture or shape is yours, where you published it first and when. For example: “Picture 1 is from "
        "our catalogue of spring 2024, page 12, mirrored.”"
    ),
    NoticeReason.COPIED_TEXT: _(
        "Say which sentences are yours, where you published them first and when. For example: “The description is that "
        "of our shop, word for word, since March 2023.”"
    ),
    NoticeReason.COPIED_VIDEO: _(
        "Say which video is yours, where you published it first and when, and which part of it is shown."
    ),
    NoticeReason.PIRATED_COPY: _(
        "Say which work is copied, who holds its rights, and what shows that these copies were made without permission."
    ),
    NoticeReason.LOOKALIKE_DESIGN: _(
        "Say which features of the registered design the goods have, and which they lack; add a comparison: pictures "
        "side by side."
    ),
    NoticeReason.USES_INVENTION: _(
        "Name one claim of the patent, and say for each of its elements where the product has it: that is the claim "
        "chart."
    ),
    NoticeReason.USES_UTILITY_MODEL: _(
        "Name one claim of the utility model, and say for each of its elements where the product has it."
    ),
    NoticeReason.FALSE_ORIGIN: _(
        "Say which name of origin is used, and what shows that the goods do not come from there or are not made so."
    ),
}

#: What a file shows, by the element of the law that it gives.
FILE_KINDS: Mapping[str, Promise] = {
    "evidence": _("What is wrong with the listings"),
    "comparison": _("A comparison, side by side"),
    "claim_chart": _("A claim chart"),
    "proof_of_right": _("Proof of the right"),
    "authority": _("Letter of authorisation"),
}

#: What of its contact a notifier may let sellers see.
SHARED_WORDS: Mapping[str, Promise] = {
    "name": _("My name"),
    "email": _("My e-mail address"),
    "phone": _("My telephone number"),
    "address": _("My postal address"),
}

#: What is the matter with a row of a list, and what to do about it.
WRONG: Mapping[str, tuple[Promise, Promise]] = {
    Wrong.EMPTY: (_("This row names no listing."), _("Give the address of the listing, or its number.")),
    Wrong.NOT_TEXT: (
        _("This is a date or a time, not a number of a listing."),
        _("Format the column as text and enter it again."),
    ),
    Wrong.ROUNDED: (
        _("A spreadsheet keeps fifteen digits of a number: the last ones are lost."),
        _("Format the column as text and enter it again."),
    ),
    Wrong.BROKEN: (
        _("The spreadsheet says that this could not be computed."),
        _("Enter the address or the number itself."),
    ),
    Wrong.TOO_LONG: (_("This is longer than any address of a listing."), _("Copy the address of the listing alone.")),
}
