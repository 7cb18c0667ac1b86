"""
Files by the digest of their bytes: uploaded pictures, sniffed, limited, kept as they came, re-encoded for display.

A picture that cannot be read is kept as evidence, with the reason, and never shown. Bytes lie in files, one per digest;
the database knows what they are. Photos, scans and PDFs that prove something come in through ``evidence``, which shows
a PDF as the pictures of its pages. Who may see a file is said by the room that owns the reference to it: this room
knows no tenants. The rooms above call ``actions.keep``, ``evidence.take_in``, ``queries`` and ``display``; a worker
that has no database reads the bytes through ``store``.
"""
