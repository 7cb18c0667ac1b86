"""
The image benchmark: photos, what sellers do to them, and what is found again.

``edits`` and ``sources`` are the benchmark itself, frozen: a figure says which of their versions it was measured with.
``accuracy`` counts, ``peers`` is what others find with; run by ``python -m benchmarks.images``.
"""
