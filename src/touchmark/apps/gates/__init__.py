"""
Brand gates: for which brands or categories sellers show where goods come from, and the proofs that they file, once.

A proof is checked by a reviewer and good for later listings until it expires. Holding and releasing listings is a
flow's business (``flows.brand_gate``).
"""
