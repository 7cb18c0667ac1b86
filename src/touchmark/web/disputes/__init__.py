"""
Disputes before out-of-court bodies: a party tells that it went to one and follows it; the desk records what comes of
it.

Which bodies there are is ``engine/policy/bodies.toml``; what following one undoes is ``flows/follow_body.py``.
"""
