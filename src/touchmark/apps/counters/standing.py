"""Where an answer to a notice stands, by what it wants: values of ``engine.lifecycle.counter_notice.CounterStatus``."""

#: Where something can still come of it.
OPEN = ("incomplete", "received", "forwarded", "arrived", "answered", "held")
#: Where the holder may read it: it was forwarded once.
FORWARDED = ("forwarded", "arrived", "answered", "held", "put_back", "rejected", "kept", "annulled", "ruled")
#: Where a reviewer must act: before it is forwarded, between two that contradict each other, on a suit.
DESK = ("received", "answered", "held", "ruled")
