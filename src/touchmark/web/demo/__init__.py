"""
The one-time links of the demo, and the letters that it sends to nobody's mailbox.

Both work on loopback in a demo database and are an unknown address elsewhere.
"""
