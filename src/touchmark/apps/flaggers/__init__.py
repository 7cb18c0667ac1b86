"""
Trusted flaggers: whom a coordinator has awarded the status, in which field, from when until when (DSA, article 22).

Their notices go first at the desk. It says nothing of how they are judged, and is not the fast lane, which a record
earns. The rooms above ask; who is reported to a coordinator, with which numbers, is a flow.
"""
