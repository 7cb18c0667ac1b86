"""Worlds for tests, room by room: each factory makes one thing, complete, with as little said as possible."""
