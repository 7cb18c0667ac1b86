"""
What is told to the public, from values, pure: statements for the Commission's transparency database, notices in Lumen's
form, and the redaction that both need. Knows no database; ``apps.reports`` gathers what is told and to whom.
"""
