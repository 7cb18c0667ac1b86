"""Trusted flaggers, for those who run the installation or write its policy: entered, changed, reported."""
