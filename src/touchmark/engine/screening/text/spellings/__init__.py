"""
Spellings that hide a mark: signs for letters, letters masked, glued, repeated, left out, swapped, turned, apart.

Compiled (``keyring``): every spelling of the register, and every word that tells one (``entries``), under the keys of
``keys``, in one table (``table``). Screened (``find``): texts are cut into words (``cut``); words that are not
ordinary, and words with signs, are read in several ways (``readings``), what says the same once for all its places
(``distinct``); their keys propose spellings (``propose``); what cannot be is left out (``sift``, ``reach``); the rest
is aligned letter by letter (``align``), which names the tricks; ``weigh`` tells a disguise from another word. Does not
live here: letters of other alphabets and of other look, which are folded before. Called by ``text.marks`` and
``text.match``.
"""
