"""Touchmark: the IP-protection platform that a marketplace runs itself."""

__version__ = "0.1.0.dev0"
