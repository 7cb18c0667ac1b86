"""The rooms that keep state, one per concept, lowest first; see docs/map.md for the order."""
