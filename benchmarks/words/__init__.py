"""
Words that hide: a benchmark of screening by words, frozen, in two parts that share no brand, no source and few tricks.

``python -m benchmarks.words --data DATA --part tune`` is for whoever works on the engine; ``--part report`` is measured
and never read. ``material`` reads real titles, ``marks`` chooses brands, ``tricks`` write a name as somebody would who
wants to slip past, ``positives`` and ``negatives`` compose listings, ``measure`` counts, ``peers`` does the same with
other people's matchers. The real data lie beside the project, never in it.
"""
