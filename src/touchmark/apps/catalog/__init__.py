"""
Marketplaces, their sellers and listings as they send them, and listings frozen as they were when decided on.

What a listing *is* lives here; what was thought or decided of it lives in the rooms above, its pictures' bytes below.
Pages and commands call ``access``, ``queries``, ``actions``, ``listings_in`` and ``sellers_in``.
"""
