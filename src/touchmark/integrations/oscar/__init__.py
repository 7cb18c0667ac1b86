"""
A shop that runs on django-oscar, spoken to through oscarapi's programs for its admin, with a staff account's password.

``shop`` reads products and sets the flag that says whether one is public; ``rows`` writes products as listings. What a
decision asks of a shop is a flow's business; when, and how often, the outbox's.
"""
