"""
Connected marketplaces, for whoever runs the installation: how each is told, what it was told, its programs, its pulls.

What marketplaces sell and what is decided about it is no matter of these pages.
"""
