"""
Tricks: how somebody writes a name who wants it read by people and passed over by filters.

Each module has one kind of trick; each trick is a family, a variant, and whether ``tune`` may show it. Every family has
variants of both sorts, written apart from each other, so that what was learnt from the one is tested on the other.
"""
