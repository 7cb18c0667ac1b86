"""
How sellers hide names, written for this part by somebody who had not read the engine.

Drawn from what is known of replica communities, social commerce and Chinese marketplaces, as strong as a person makes
it: who reads it still knows the brand. Left out is what no reader would know (fewer than half of the letters left, a
mere initial and a mask, a bare emoji) and what is an honest word.
"""
