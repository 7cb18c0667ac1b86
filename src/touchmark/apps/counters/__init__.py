"""
Counter-notices: what a seller answers to a notice that was upheld, what the holder says to that, suits, and what comes
of it. Which of two lives an answer has, and its clocks, is the law's to say; ``flows.answer_notice`` moves them.

No notice, no decision and no listing changes here: that is a flow's. A holder reads an answer once it was forwarded,
and of that what the law lets the holder see (``forwarding``).
"""
