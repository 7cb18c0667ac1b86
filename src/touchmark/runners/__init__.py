"""How a batch function is mapped over many batches: on this machine's cores now, on a cluster later."""
