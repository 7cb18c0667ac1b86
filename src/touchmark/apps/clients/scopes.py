"""What programs may do: a token names scopes, and has no more than what it speaks for can have."""

from enum import StrEnum

from touchmark.engine.terms import Role


class Scope(StrEnum):
    """What a program may do."""

    SCREEN = "screen"
    LISTINGS_READ = "listings:read"
    LISTINGS_WRITE = "listings:write"
    ASSESSMENTS_READ = "assessments:read"
    DECISIONS_READ = "decisions:read"
    DECISIONS_CONFIRM = "decisions:confirm"
    APPEALS_READ = "appeals:read"
    APPEALS_WRITE = "appeals:write"
    COUNTERS_READ = "counters:read"
    COUNTERS_WRITE = "counters:write"
    FLAGS_READ = "flags:read"
    FLAGS_WRITE = "flags:write"
    MANDATES_READ = "mandates:read"
    MANDATES_WRITE = "mandates:write"
    NOTICES_READ = "notices:read"
    NOTICES_WRITE = "notices:write"
    EVIDENCE_WRITE = "evidence:write"
    RIGHTS_READ = "rights:read"
    RIGHTS_WRITE = "rights:write"
    RULES_READ = "rules:read"
    RULES_WRITE = "rules:write"
    GATES_READ = "gates:read"
    GATES_WRITE = "gates:write"
    TRADERS_READ = "traders:read"
    TRADERS_WRITE = "traders:write"
    SELLERS_READ = "sellers:read"
    SELLERS_WRITE = "sellers:write"
    ORDERS_READ = "orders:read"
    ORDERS_WRITE = "orders:write"
    SAFETY_READ = "safety:read"
    SAFETY_WRITE = "safety:write"
    SUSPICIONS_READ = "suspicions:read"
    SUSPICIONS_WRITE = "suspicions:write"
    WEBHOOKS_READ = "webhooks:read"
    WEBHOOKS_WRITE = "webhooks:write"


#: What a program of a marketplace may be allowed.
OF_A_MARKETPLACE = frozenset(
    {
        Scope.SCREEN,
        Scope.LISTINGS_READ,
        Scope.LISTINGS_WRITE,
        Scope.ASSESSMENTS_READ,
        Scope.DECISIONS_READ,
        Scope.DECISIONS_CONFIRM,
        Scope.APPEALS_READ,
        Scope.SELLERS_READ,
        Scope.ORDERS_READ,
        Scope.ORDERS_WRITE,
        Scope.WEBHOOKS_READ,
        Scope.WEBHOOKS_WRITE,
    }
)

_COUNTERS = frozenset({Scope.COUNTERS_READ, Scope.COUNTERS_WRITE})
_HOLDERS = _COUNTERS | {
    Scope.EVIDENCE_WRITE,
    Scope.WEBHOOKS_READ,
    Scope.WEBHOOKS_WRITE,
    Scope.APPEALS_READ,
    Scope.APPEALS_WRITE,
    Scope.FLAGS_READ,
    Scope.FLAGS_WRITE,
    Scope.MANDATES_READ,
    Scope.MANDATES_WRITE,
    Scope.NOTICES_READ,
    Scope.NOTICES_WRITE,
    Scope.RIGHTS_READ,
    Scope.RIGHTS_WRITE,
}
_READS_ALL = frozenset(
    {
        Scope.LISTINGS_READ,
        Scope.ASSESSMENTS_READ,
        Scope.DECISIONS_READ,
        Scope.APPEALS_READ,
        Scope.COUNTERS_READ,
        Scope.MANDATES_READ,
        Scope.NOTICES_READ,
        Scope.RIGHTS_READ,
        Scope.RULES_READ,
        Scope.GATES_READ,
        Scope.SELLERS_READ,
        Scope.WEBHOOKS_READ,
    }
)
_SAFETY = frozenset({Scope.SAFETY_READ, Scope.SAFETY_WRITE})
_SUSPICIONS = frozenset({Scope.SUSPICIONS_READ, Scope.SUSPICIONS_WRITE})
_SELLERS = frozenset(
    {
        Scope.EVIDENCE_WRITE,
        Scope.WEBHOOKS_READ,
        Scope.WEBHOOKS_WRITE,
        Scope.LISTINGS_READ,
        Scope.DECISIONS_READ,
        Scope.APPEALS_READ,
        Scope.APPEALS_WRITE,
        Scope.GATES_READ,
        Scope.GATES_WRITE,
        Scope.TRADERS_READ,
        Scope.TRADERS_WRITE,
        Scope.SELLERS_READ,
    }
)

#: What somebody's program may be allowed, by the role that they hold.
OF_ROLE: dict[Role, frozenset[Scope]] = {
    Role.HOLDER: _HOLDERS,
    Role.AGENT: _HOLDERS,
    Role.SELLER: _COUNTERS | _SELLERS,
    Role.REVIEWER: _READS_ALL | _SAFETY | _SUSPICIONS | {Scope.WEBHOOKS_WRITE, Scope.GATES_WRITE, Scope.SELLERS_WRITE},
    Role.POLICY_OWNER: _READS_ALL | _SAFETY | _SUSPICIONS | {Scope.RULES_WRITE, Scope.GATES_WRITE, Scope.SELLERS_WRITE},
    Role.INVESTIGATOR: _SUSPICIONS | {Scope.LISTINGS_READ, Scope.RIGHTS_READ},
    Role.OPERATOR: frozenset({Scope.WEBHOOKS_READ, Scope.WEBHOOKS_WRITE, Scope.TRADERS_READ, Scope.TRADERS_WRITE}),
}
