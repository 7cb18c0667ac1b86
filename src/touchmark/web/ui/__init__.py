"""
What every page looks like: the frame, the parts, and what they need to know.

``places`` says which pages each role finds in the top bar, ``context`` gives every template its frame, and the
modules beside them turn values into what a template shows. The tags are in ``web.templatetags.ui``; how to use them
is in ``docs/looks.md``.
"""
