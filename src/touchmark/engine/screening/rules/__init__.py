"""
Written rules: what a file of rules says, and what it makes of listings, whole batches at a time.

A rule proposes; who acts on it, who switched it on and what stops it is kept by ``apps.rules``. The thresholds of the
same file are read by ``verdict.py``.
"""
