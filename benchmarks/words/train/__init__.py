"""
A part to grow trees on: more brands, more ways of writing, and none of what ``report`` and ``fresh`` are measured with.

Names come from ``names``, ways of writing beside those of ``tricks`` from ``ways``; ``make`` composes listings out of
titles that the first two parts show. What ``fresh`` shows is left out by program: nobody has to look at it.
"""
