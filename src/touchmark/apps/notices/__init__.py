"""Notices: what rights holders report, under which right, and what came of it. A holder sees its own only."""
