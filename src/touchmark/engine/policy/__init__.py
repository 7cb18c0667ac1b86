"""
Law and platform policy as dated, cited data, and the arithmetic of its clocks.

A new number is a line in ``data/`` and a worked case in the tests; a new shape of clock is code in ``clocks.py``.
"""
