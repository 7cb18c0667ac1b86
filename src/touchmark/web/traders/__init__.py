"""Trader details: a seller gives its own; an operator verifies them."""
