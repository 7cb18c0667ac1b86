"""
Pure functions and data: screening, law, lifecycles, the shape of the record.

Nothing here imports a framework, opens a connection or reads a clock; files are read only where they are the engine's
own data or a compiled snapshot. Usable alone: ``pip install touchmark``.
"""
