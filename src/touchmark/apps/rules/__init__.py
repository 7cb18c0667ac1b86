"""
Written rules: versions with author and reason, who switched them on, what stopped them, what a replay said of them.

What a rule makes of listings is the engine's; the room of screening keeps what it said, and only a flow acts by it.
"""
