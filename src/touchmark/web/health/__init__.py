"""
For machines that watch over the installation: whether it answers, and what stands how.

Numbers and names of routes alone: no person, no listing, no organisation is ever named here. Does not say how a case
stands; what people need to know of their work is on the pages.
"""
