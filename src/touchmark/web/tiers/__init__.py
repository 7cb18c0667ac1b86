"""
A notifier's and a seller's own record of notices and answers: the lane, the numbers with their bounds, the rule, what
people did and why, and appealing that. The desk's side of it stands at the desk.
"""
