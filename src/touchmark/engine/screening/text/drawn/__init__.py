"""
Names drawn with characters that may be several letters each: ``Nikфи``, ``卂丂工匚丂``, ``ɿɘƨɘɿvɘb``, ``adanac esoog``.

A fold must say what a character is; here every letter that it may be is tried, and those kept with which a name of the
register goes on. Such a text is read forwards, backwards, and each word backwards; where it is mirrored or upside down
the letters of ASCII in it are so too. The letters (``shapes``) are in ``data/shapes.npz``, which ``make_shapes`` wrote;
``letters`` reads one, ``tries`` goes on from one word, ``search`` through all, ``find`` keeps what is no ordinary word.
Does not live here: names with single letters that look like others, which are folded. Called by ``text.match``.
"""
