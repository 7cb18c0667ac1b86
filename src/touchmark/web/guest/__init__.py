"""
For people without an account: the form by which they report listings, and the page on which they follow their notice,
at an address that nobody can guess. What they send goes through ``flows.report_as_guest``.
"""
