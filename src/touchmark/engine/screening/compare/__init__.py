"""
What is said of a listing beside its marks and pictures: its price, its seller's standing, its seller's permission.

Each comparison is a function over a whole batch and its hits. What a comparison weighs does not live here, but in
``model``. Called by ``evidence``.
"""
