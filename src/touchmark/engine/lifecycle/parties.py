"""Who stands on either side of a notice, as the tables of lives name them."""

from touchmark.engine.terms import Role

#: Whoever files a notice: the holder, an agent for it, or a guest by the public form.
NOTIFIERS = frozenset({Role.HOLDER, Role.AGENT, Role.GUEST})
#: Whoever may decide for the platform.
DECIDERS = frozenset({Role.REVIEWER, Role.POLICY_OWNER})
