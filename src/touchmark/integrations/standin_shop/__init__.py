"""
A marketplace that stands in for real ones in the demo and in journeys: a small shop of its own, in its own process.

It knows nothing of Touchmark but its webhooks, as any marketplace would. ``stock`` keeps what is on sale, ``hooks``
hears orders and obeys them, ``shop`` shows pages to shoppers.
"""
