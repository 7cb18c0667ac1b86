"""
Serving pictures: drawn anew, to whoever may see something that shows them, and never the bytes that somebody sent.

Who may see what is said by the rooms that own the reference; a room that comes to own one adds its door in ``views``.
"""
