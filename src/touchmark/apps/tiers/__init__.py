"""
In which lane the notices of a notifier and the answers of a seller are, by a dated rule, with the numbers behind it.

The lane is made anew from what came of each notice and answer; only people warn and suspend, and a second one answers
the appeal. A suspension never stops a statutory counter-notice: whoever asks here says which one it is.
"""
