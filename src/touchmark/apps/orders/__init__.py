"""
What authorities order: to act against listings (DSA, article 9), or to give information about sellers (article 10).

An order, what of it is missing, how it was shown to be real, what became of each listing or seller that it names. Does
not live here: the decision that carries it out (``decisions``), what is written with it (``flows``), personal data.
"""
