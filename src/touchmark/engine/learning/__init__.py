"""
Learning the weights of the risk from decisions: examples in, weights and what a person needs to judge them out.

Arrays only: whoever calls gathers the decisions. Nothing here puts a model in force. Does not live here: what the
features mean (``engine.screening``). Called by ``touchmark learn`` and by the benchmark of the risk.
"""
