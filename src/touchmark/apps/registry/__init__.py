"""
Brands, and the rights that protect them, as their holders claim and a reviewer verifies them.

What is screened for is the verified part; holders see their own rights only. What was found or decided under a right
lives in the rooms above, what an organisation is and who acts for it below. Pages and commands call ``access``,
``queries``, ``actions`` and ``taking_in``.
"""
