"""
Pages for sellers: what needs them now, the decisions on their listings with the reasons, and appealing them.

Nothing of the engine's weights or of a holder's confidential data comes here: a page gets the statement of reasons,
the listing as it was frozen, and what a public register says of the right, and no more.
"""
