"""
Counter-notices on pages: a seller answers a notice, the holder replies or shows a suit.

``offers`` is what the pages of a decision and of a notice show of them, ``case`` what every page of one shows; what a
reviewer does stands at the desk.
"""
