"""
The HTTP API, for the programs of marketplaces: ``/api/v1``.

One module per resource; ``problems`` turns refusals into problem+json, ``clients`` says which program asks and what it
may do, ``clock`` reads the time. Does not live here: what is done, which is in actions, queries and flows; pages.
"""
