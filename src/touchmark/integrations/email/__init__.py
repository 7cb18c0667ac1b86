"""
Sending one letter by e-mail, through whatever mail backend Django is set to (a file by default).

What a letter says and to whom it goes is the inbox's business, when and how often the outbox's.
"""
