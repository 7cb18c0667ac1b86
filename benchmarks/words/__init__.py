"""
Words that hide: a benchmark of screening by words, frozen, in parts of other brands and titles each (``cases.Part``).

``python -m benchmarks.words --data DATA --part tune`` (or ``report`` and ``fresh``, which were read since) is for
whoever works on the engine; ``--part bazaar`` is measured and not read, and prints figures alone. ``material`` reads
real titles, ``marks`` chooses brands, ``tricks`` write a name as somebody would who wants to slip past, ``positives``
and ``negatives`` compose listings, ``measure`` counts, ``peers`` does the same with other people's matchers. The real
data lie beside the project, never in it.
"""
