"""Whose pages of colleagues are: those who keep an organisation's people."""

from touchmark.apps.accounts import access

KEEPERS = tuple(access.KEEPS_A_TEAM)
