"""
Webhooks of organisations: where the programs of holders and sellers hear of what concerns them, and by which secret.

What is told is what was written to the organisation by letter, as far as ``carried`` lets it leave the house. The inbox
calls ``actions.tell``; how marketplaces are told is the catalogue's and the outbox's.
"""
