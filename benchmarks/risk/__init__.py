"""
The risk of listings, fitted on one part of the real data and reported on another: other sellers, other brands.

``python -m benchmarks.risk --data DATA --part fit`` fits and writes ``data/model.toml``'s weights; ``--part report``
reports on what was held apart. ``parts`` says which is which.
"""
