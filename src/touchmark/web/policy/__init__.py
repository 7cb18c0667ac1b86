"""
The pages of whoever writes rules: the rules in force and on trial, writing one, replaying, switching on and off.

Views read through ``access`` and ``queries`` and call one action or flow each. What a rule asks for is said in words by
``words``; nothing here knows what a rule makes of a listing.
"""
