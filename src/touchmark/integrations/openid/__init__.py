"""
An organisation's own identity provider, spoken to by OpenID Connect: through the guarded client, and never believed
unread. ``session.py`` carries allauth's requests, ``tokens.py`` says what an ID token must prove.
"""
