"""The types of what marketplaces are told."""

#: What marketplaces are told of a listing, and answer to; of a seller; and what asks for nothing to be done.
RESTRICTED, RESTORED = "listing.restricted", "listing.restored"
SELLER_RESTRICTED, SELLER_RESTORED = "seller.restricted", "seller.restored"
CORRECTION_ASKED, CORRECTION_SETTLED = "listing.correction_asked", "listing.correction_settled"
CLEARED = "listing.cleared"
ASKS_NOTHING = frozenset({CORRECTION_ASKED, CORRECTION_SETTLED, CLEARED})
