"""
Clocks that run: what must happen by when, by which dated rule, and what happens then. Any room above starts and stops
them; what a lapse means is a flow's to know.
"""
