"""
Appeals: a seller contests a restriction, a notifier a refusal; somebody who did not take the decision decides again.

Either side once, on a clock that both see. What a reversal undoes, or a grant does, is a flow's.
"""
