"""Mandates on pages: giving one, seeing those given and received, ending them. Both sides see the same page."""
