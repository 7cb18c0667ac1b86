"""
The European Commission's transparency database: statements of reasons sent in calls of a hundred at most.

What is said in a statement is made in ``engine.reporting``; which are told is ``apps.reports``'s to know.
"""
