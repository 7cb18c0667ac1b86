"""
The inbox of whoever is signed in: the letters to the organisation that they act for, and one letter as a letter.

What a letter says lies in ``apps.inbox``; what it looks like, in one template per kind; where it leads, in ``onward``.
"""
