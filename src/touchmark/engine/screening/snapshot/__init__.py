"""
A compiled register: what screening reads beside the batch, unchanging once made, and named by its content.

``compile`` makes it from rights, ``store`` keeps it as a folder of memory-mapped arrays, ``snapshot`` is the thing
itself. Does not live here: how words and pictures are compiled (``text.marks``, ``image.compile``).
"""
