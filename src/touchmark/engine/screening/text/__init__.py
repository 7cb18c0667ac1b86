"""
Words: from the text of a whole batch to the places where marks stand in it.

The way of a text: code points (``points``) → one fold per view (``fold``, ``views``) → units (``tokens``) → windows
of units whose hash is that of a spelling (``windows``, ``index``) → letter by letter comparison (``verify``) → gates
(``gates``) → what is kept (``found``) → which are lawful references (``referential``, ``cues``); ``match`` runs it.
Texts shown otherwise than stored are read once more as shown (``shown``, ``entities``, ``standins``, ``bidi``), and
``scripts`` finds names in other scripts. ``forms`` and ``marks`` are the compiled side. Everything is done on arrays of
a whole batch. Does not live here: pictures, prices, what a hit means. Called by ``screening.screen`` and
``screening.snapshot``.
"""
