"""
Decisions on listings, the statements of reasons that explain them, the restrictions that carry them out.

Only a decision tells a marketplace to act, and each has its undo. What it was decided on is frozen beside it.
"""
