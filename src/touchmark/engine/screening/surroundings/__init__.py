"""
What stands around the place of a mark: signs by which a mark is told from a word, read of the place's own listing.

``around`` has them all; ``spelling`` says how ordinary the words are, ``written`` how the letters are written,
``beside`` what stands before and behind. Only listings with a place are looked at. Does not live here: what the signs
come to, which is ``use``. Called by ``screening.use`` and ``engine.learning``.
"""
