"""Brand gates: opened and closed by a policy owner; proofs filed by sellers, checked by reviewers."""
