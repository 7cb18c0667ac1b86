"""
The record: what happened, numbered per stream, never changed, sealed into a Merkle log with signed checkpoints.

A stream is one thing that has a history (``decision:D-17``); its events are the truth and every status column is a
projection of them. Events hold bare keys of people and organisations, never a name or an address. The lowest room: it
knows no other, and every room above may append. Whoever shows a stream's events to a person has first got the thing
itself through its own room's ``access``: this room knows streams, not who may see what they are about.
"""
