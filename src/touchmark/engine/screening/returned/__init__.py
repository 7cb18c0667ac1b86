"""
Stay-down: whether a listing is a removed one that came back, edited or under another account. Pure, over whole arrays.

``traces`` takes what is kept of a title (a sketch of its shingles) and of pictures (their codes); ``match`` compares
listings with removed ones, each with those of the shops that count as its own and no others: the caller gives the
ranges. Nothing is decided here: what came back goes first in the desk's queue, with the earlier decision beside it.
"""
