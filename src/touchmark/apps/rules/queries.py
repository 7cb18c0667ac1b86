"""Which rules are in force and on trial, and what is known of a version."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from touchmark.apps.rules.models import Replay, RuleVersion
from touchmark.engine.lifecycle.rule import COMING, TRIED, RuleStatus
from touchmark.engine.screening.rules.rule import Rule
from touchmark.engine.screening.rules.writing import written
from touchmark.engine.screening.verdict import Rules


@dataclass(frozen=True, slots=True)
class InForce:
    """The versions by which listings are judged now, those on trial apart, each list by name."""

    live: tuple[RuleVersion, ...]
    tried: tuple[RuleVersion, ...]

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that count."""
        return tuple(version.rule for version in self.live)

    def with_trial(self, version: RuleVersion) -> tuple[tuple[Rule, ...], int]:
        """Give the rules as they would be with a version in the place of its live one, and its place among them."""
        others = tuple(found.rule for found in self.live if found.name != version.name)
        return (*others, version.rule), len(others)


def in_force() -> InForce:
    """Give the versions that are live and those that are tried."""
    wanted = (RuleStatus.LIVE, *TRIED)
    found = list(RuleVersion.objects.filter(status__in=wanted).order_by("name", "number"))
    live = tuple(version for version in found if version.status == RuleStatus.LIVE)
    return InForce(live, tuple(version for version in found if version.status != RuleStatus.LIVE))


def file_of(versions: Sequence[RuleVersion], *, name: str) -> str:
    """Give the text of a file with the thresholds in force and these rules: what ``--rules`` takes."""
    thresholds = Rules.default()
    rules = [replace(version.rule, author=version.author.name) for version in versions]
    return written(rules, version=name, review_at=thresholds.review_at, act_at=thresholds.act_at)


def live_of(name: str) -> RuleVersion | None:
    """Give the live or stopped version of a rule."""
    standing = RuleVersion.objects.filter(name=name, status__in=[RuleStatus.LIVE, RuleStatus.STOPPED])
    return standing.order_by("-number").first()


def coming_of(name: str) -> RuleVersion | None:
    """Give the version of a rule that is being written or tried."""
    return RuleVersion.objects.filter(name=name, status__in=COMING).first()


def replay_of(version: RuleVersion) -> Replay | None:
    """Give the last replay of a version as it is written now."""
    return version.replays.filter(text=version.text).order_by("-asked_at", "-id").first()


def unfinished_replay() -> Replay | None:
    """Give the replay that waits longest."""
    return Replay.objects.filter(finished_at=None).select_related("version").order_by("asked_at", "id").first()


def locked(key: int) -> RuleVersion:
    """Give a version and take its row: what it does is counted one by one."""
    return RuleVersion.objects.select_for_update(of=("self",)).get(pk=key)


def taken_replay(key: int) -> Replay:
    """Give a replay and take its row: one worker at a time goes on with it."""
    return Replay.objects.select_for_update(of=("self",)).select_related("version").get(pk=key)
