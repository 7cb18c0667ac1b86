"""
Registers, listings and sellers in files; findings, assessments and refused rows to files; pictures from a folder.

CSV, JSON Lines and Parquet carry the same columns (the contract of the commands). Reading is a stream of batches in the
schemas of ``engine.screening.schemas``, with everything that was wrong said row by row. What is *done* with a batch (to
screen it, to store it) lives above: this folder knows neither the database nor the commands. Called by ``ops`` and by
benchmarks.
"""
