"""The tags of the design system (``ui``). What they show is decided in ``web.ui``."""
