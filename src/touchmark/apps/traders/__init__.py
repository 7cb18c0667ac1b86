"""
Who the traders behind shops are: their details, collected, verified by an operator, certified anew on their clocks.

Personal data: the seller's own people and operators see it, nobody else. What happens to a shop whose details are late
is a flow's business.
"""
