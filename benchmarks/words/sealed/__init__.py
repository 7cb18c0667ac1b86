"""
A fourth part, ``sealed``: made after the engine was last worked on by another, and measured once for each record.

``names`` takes well-known brands from a list that no other part reads, and coins some; ``tricks`` write them in code of
their own; ``make`` composes listings out of ``data/titles.csv`` (titles, references, mentions), written for this part.
It prints totals alone. Whoever looks at its rows makes another, with another ``SEED``.
"""
