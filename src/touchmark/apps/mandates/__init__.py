"""
Mandates: a member, the principal, lets an association or an agency, its agent, file notices in its name.

From when until when and for which rights is said when it is given; either side ends it. What was filed goes on.
Organisations find each other by a number that one tells the other (``codes``): none can look through the others.
"""
