"""
A third part, ``fresh``, that nobody tunes on: other brands, other titles, other tricks, written anew.

``tune`` and ``report`` have both been read by now. This part shares with them what composes and counts, and nothing of
what is measured: ``names`` and ``coined`` choose the marks, ``titles`` the real titles that the others leave,
``tricks`` write names, ``uses`` and ``lawful`` compose listings, ``headline`` weighs tricks as they occur.
"""
