"""
A fifth part, ``unread``: written before the rules were changed that it measures, in another manner than the others.

Brands, titles in some thirty languages, references, mentions, other senses, persons, near names and honest titles were
written by hand for it (``data``); ``tricks`` hide names as sellers do who explain, bracket, hash, hear and half cover
them, in code of their own. It prints totals alone; whoever looks at its rows makes another.
"""
