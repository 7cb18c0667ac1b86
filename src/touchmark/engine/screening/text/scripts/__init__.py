"""
Marks in other scripts than they are registered in: Chinese by sound and look, and sounds written in other alphabets.

``han`` finds Chinese names with characters of the same sound, of like look, taken apart, masked or in pinyin;
``segments`` tells a name from the middle of other Chinese words; ``sound`` finds a name in Latin letters that is
written by its sound in Cyrillic, Greek, Korean, kana, Arabic, Hebrew, Thai and others. ``heard``, ``skeletons`` and
``listened`` are its kernels. ``compiled`` is the register's side of both. The tables of characters are in ``data``;
``make_tables`` writes them. Does not live here: simplified and traditional characters, which are one to the folds, and
letters by their look. Called by ``text.marks`` and ``text.match``.
"""
