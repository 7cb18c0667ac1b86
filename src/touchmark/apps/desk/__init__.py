"""
How reviewers share the desk: who holds which listing until when, what was skipped and why, filters that somebody
keeps, notes and whom they call, decisions on many listings at once, decisions that are looked at a second time.

What waits is the screening room's, the queue and decisions are the decisions room's; nothing is decided here. Called by
the desk's pages and by the flows that decide on many.
"""
