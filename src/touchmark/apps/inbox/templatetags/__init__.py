"""Filters for the texts of letters."""
