"""The words that every room shares. A word here is the same in code, on pages, in the API and in the law files."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from touchmark.engine.errors import TouchmarkError


class RightKind(StrEnum):
    """What kind of intellectual property a right is."""

    WORD_MARK = "word_mark"
    FIGURATIVE_MARK = "figurative_mark"
    DESIGN = "design"
    COPYRIGHT = "copyright"
    PATENT = "patent"
    UTILITY_MODEL = "utility_model"
    GEOGRAPHICAL_INDICATION = "geographical_indication"


#: Kinds that the engine looks for; the others are kept in the register and named in notices.
SCREENED_KINDS = frozenset({RightKind.WORD_MARK, RightKind.FIGURATIVE_MARK, RightKind.DESIGN, RightKind.COPYRIGHT})


class OfficeStatus(StrEnum):
    """Where a right stands at the office that registers it."""

    REGISTERED = "registered"
    APPLIED = "applied"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class Way(StrEnum):
    """How a listing uses a right."""

    PLAIN = "plain"
    DISGUISED = "disguised"
    REFERENTIAL = "referential"
    COPIED_IMAGE = "copied_image"
    LOGO = "logo"
    LOOKALIKE = "lookalike"


class Verdict(StrEnum):
    """What the rules in force say of an assessment."""

    CLEAR = "clear"
    REVIEW = "review"
    ACT = "act"


class Role(StrEnum):
    """In what capacity somebody acts. Those of ``NOBODYS`` are actors too, but no person is given them."""

    HOLDER = "holder"
    AGENT = "agent"
    SELLER = "seller"
    REVIEWER = "reviewer"
    POLICY_OWNER = "policy_owner"
    OPERATOR = "operator"
    INVESTIGATOR = "investigator"
    AUTHORITY = "authority"
    MEMBER = "member"
    SECRETARIAT = "secretariat"
    GUEST = "guest"
    MARKETPLACE = "marketplace"
    CLOCK = "clock"
    SYSTEM = "system"


#: Roles that nobody is given: a marketplace acts through its programs, a guest by a link sent to an address.
NOBODYS = frozenset({Role.GUEST, Role.MARKETPLACE, Role.CLOCK, Role.SYSTEM})


@dataclass(frozen=True, slots=True)
class Reach:
    """
    How far a role reaches: marketplaces by slug, territories by code, brands by key. A blank one limits nothing.

    What is looked at has to lie within all three.
    """

    marketplaces: frozenset[str] = frozenset()
    territories: frozenset[str] = frozenset()
    brands: frozenset[int] = frozenset()

    @property
    def everywhere(self) -> bool:
        """Whether nothing limits it."""
        return not (self.marketplaces or self.territories or self.brands)


EVERYWHERE = Reach()


class NobodyActs(TouchmarkError):
    """Something asks for a person, or for somebody who acts for an organisation, and there is none."""


@dataclass(frozen=True, slots=True)
class Actor:
    """
    Who acts: a person, for an organisation, in the roles held there; a marketplace's program; or the system itself.

    Passed into every action. ``user_id`` and ``organisation_id`` are keys of the accounts room, None for the system and
    for programs; ``marketplace`` is the slug of the one whose program it is. ``limits`` says of roles that do not reach
    everywhere how far they do.
    """

    user_id: int | None
    organisation_id: int | None
    roles: frozenset[Role]
    marketplace: str = ""
    limits: tuple[tuple[Role, Reach], ...] = ()

    @classmethod
    def system(cls) -> Self:
        """The installation itself, for what no person did (a screening run, a sealed record)."""
        return cls(user_id=None, organisation_id=None, roles=frozenset({Role.SYSTEM}))

    @classmethod
    def program_of(cls, marketplace: str) -> Self:
        """A program of a marketplace, which sees and does what concerns that marketplace alone."""
        return cls(user_id=None, organisation_id=None, roles=frozenset({Role.MARKETPLACE}), marketplace=marketplace)

    @classmethod
    def clock(cls) -> Self:
        """The clock, for what happens because its time has come."""
        return cls(user_id=None, organisation_id=None, roles=frozenset({Role.CLOCK}))

    @property
    def person(self) -> int:
        """
        The key of the person who acts.

        :raises NobodyActs: if the system does
        """
        if self.user_id is None:
            raise NobodyActs("Only a person can do this: sign in.")
        return self.user_id

    @property
    def organisation(self) -> int:
        """
        The key of the organisation that is acted for.

        :raises NobodyActs: if none is
        """
        if self.organisation_id is None:
            raise NobodyActs("Only somebody who acts for an organisation can do this.")
        return self.organisation_id

    def has(self, *roles: Role) -> bool:
        """Whether the actor holds any of the roles."""
        return not self.roles.isdisjoint(roles)

    def reaches(self, *roles: Role) -> tuple[Reach, ...]:
        """
        Give how far those of the roles reach that the actor holds: what lies within any of them is within the actor's.

        ``(EVERYWHERE,)`` if one of them has no limit; nothing if none is held.
        """
        limits = dict(self.limits)
        found = tuple(limits.get(role, EVERYWHERE) for role in roles if role in self.roles)
        return (EVERYWHERE,) if any(reach.everywhere for reach in found) else found

    def reaches_everywhere(self, *roles: Role) -> bool:
        """Whether the actor holds one of the roles without a limit."""
        return self.reaches(*roles) == (EVERYWHERE,)
