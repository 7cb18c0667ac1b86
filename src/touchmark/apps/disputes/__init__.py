"""
Disputes before certified out-of-court bodies (Digital Services Act, art. 21): who went to which, what came of it.

The body decides, and binds nobody. What following it undoes is a flow's. Bodies themselves are data of the engine.
"""
