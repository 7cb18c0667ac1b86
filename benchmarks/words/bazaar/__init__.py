"""
A sixth part, ``bazaar``: brands of every sector and script, by a generator that knows nothing of the engine's rules.

Food, medicine, tyres, tools, cigarettes and dolls beside fashion; marks in Chinese, Korean, Russian and Arabic; what
issue lists call tricks, each as a seller would do it, in code of its own (``latin``, ``beyond``, ``fields``); other
senses, ordinary words of many languages that look like a name, references, mentions and near names written for it.
It was frozen before the rules were changed that it measures, and prints totals alone.
"""
