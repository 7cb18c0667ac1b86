"""
An organisation's webhook, for its holder or its seller: where its program hears, by which secret, what it was told.

How marketplaces are told is ``web/shops``.
"""
