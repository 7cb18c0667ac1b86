"""
A seventh part, ``ferry``: written and frozen before the rules were changed that it measures, with other marks, goods,
titles, ways of hiding and lawful uses than any other part. It prints totals alone; whoever looks at its rows makes
another.
"""
