"""The types of what marketplaces are told."""

#: What marketplaces are told of a listing, and answer to; of a seller; and what asks for nothing to be done.
RESTRICTED, RESTORED = "listing.restricted", "listing.restored"
SELLER_RESTRICTED, SELLER_RESTORED = "seller.restricted", "seller.restored"
SELLER_BANNED, SELLER_UNBANNED = "seller.listing_ban", "seller.listing_ban_lifted"
CORRECTION_ASKED, CORRECTION_SETTLED = "listing.correction_asked", "listing.correction_settled"
CLEARED = "listing.cleared"
SELLER_WARNED = "seller.warned"
OF_A_SELLER = frozenset({SELLER_RESTRICTED, SELLER_RESTORED, SELLER_BANNED, SELLER_UNBANNED})
BUYERS_WITHDRAWN = "buyers.inform_withdrawn"
STATEMENT_ISSUED = "listing.statement"
SELLER_TOLD = "seller.told"
ASKS_NOTHING = frozenset(
    {
        CORRECTION_ASKED,
        CORRECTION_SETTLED,
        CLEARED,
        SELLER_WARNED,
        BUYERS_WITHDRAWN,
        STATEMENT_ISSUED,
        SELLER_TOLD,
    }
)
