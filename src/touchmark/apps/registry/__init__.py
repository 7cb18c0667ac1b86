"""
Brands, and the rights that protect them, as their holders claim and a reviewer verifies them.

What is screened for is the verified part; holders see their own rights only.
"""
