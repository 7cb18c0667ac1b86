"""The commands: one file per command of ``touchmark``."""
