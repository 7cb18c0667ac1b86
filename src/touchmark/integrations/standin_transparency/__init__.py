"""
A stand-in for the transparency database, for tests and trials: it enforces the rules that the Commission publishes for
each field, keeps what it stores in memory, and shares no code with what makes statements.
"""
