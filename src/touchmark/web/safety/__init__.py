"""Goods that can injure people, at the desk: what product safety asks for, and what the police was told."""
