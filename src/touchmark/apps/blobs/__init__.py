"""
Files by the digest of their bytes: uploaded pictures, sniffed, limited, kept as they came, re-encoded for display.

Who may see a file is said by the room that owns the reference to it; this room knows no tenants.
"""
