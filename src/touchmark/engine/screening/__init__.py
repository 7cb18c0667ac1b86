"""
From a batch of listings and a compiled register to findings and assessments.

``screen(batch, image_bytes, snapshot, model)`` is the one way in; each stage has its own file or folder, and each is a
function over whole batches. Legal judgement does not live here: a finding says that a right *is used*.
"""
