"""
Pictures: from untrusted bytes to a small grey picture, a 256-bit code, near references and hits.

Lives here: reading and refusing files, drawing SVG, the image code, its index, compiling references, matching a batch.
Does not live here: what a copied picture means for a listing (``model.py``), where bytes come from (the caller gives an
``ImageBytes``). Called by ``screening.screen`` and ``screening.snapshot``; ``header`` also by whoever accepts uploads.
"""
