"""
How a batch function is mapped over many batches: on this machine's cores, one or all of them.

A runner knows nothing of what the function does. Other ways to spread the work (a cluster) come in beside ``local``,
behind the same ``Runner``. Called by ``ops``, by the installation's own screening runs and by benchmarks.
"""
