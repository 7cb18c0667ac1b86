"""
What must still be told to the world outside: a row written in the same transaction as what it tells of.

The worker carries each out, as often as it takes, under the row's one id; the receiver recognises the id, so that the
effect is had once. Orders that concern the same thing at the same receiver are carried in the order they were given.
This room knows neither HTTP nor mail, and no room but ``audit``: whoever wires the site hands in the handlers.
"""
