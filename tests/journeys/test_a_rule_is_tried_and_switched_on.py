"""Written, replayed, tried, switched on by two, stopped by itself, put back: one rule, by the hands of two people."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.factories import accounts, catalog, registry
from tests.flows.world import World, built
from tests.journeys.conftest import Site
from touchmark.apps.decisions.models import Decision
from touchmark.apps.rules.models import RuleVersion
from touchmark.apps.screening import actions as screening
from touchmark.engine.screening.verdict import Rules
from touchmark.engine.terms import Role
from touchmark.flows import act_by_rule
from touchmark.ops import clock

pytestmark = pytest.mark.browser
RULE = "/policy/rules/disguised-bags/1/"


@pytest.fixture
def world(site: Site) -> World:
    """Build the world in the site's database, with a few more listings like the one in it."""
    made = built()
    for number, title in enumerate(["АLDЕRМООR bag, brown", "АLDЕRМООR bag, red", "ALDERMOOR bag", "A teapot"]):
        catalog.listing(title=title, listing_id=f"N-{number}", of=registry.organisation_of(made.sam))
    screening.screen_catalogue(at=clock.now())
    made.restrict(at=clock.now())
    return made


def come_in(world: World, count: int) -> None:
    """Let listings come in that the rule holds for, and be screened."""
    for number in range(count):
        title = f"АLDЕRМООR handbag {number}"
        catalog.listing(title=title, listing_id=f"C-{number}", of=registry.organisation_of(world.sam), at=clock.now())
    screening.screen_catalogue(at=clock.now())


def test_a_rule_is_tried_and_switched_on(
    world: World,
    open_page: Callable[..., Page],
    axe: Callable[[Page], None],
    shots: Callable[[Page, str], None],
    tmp_path: Path,
) -> None:
    owners = [accounts.member(Role.POLICY_OWNER, name=name) for name in ("Pia Policy", "Paul Second")]
    pia, paul = (open_page(person) for person in owners)

    # Nothing is there yet, and Pia writes a rule.
    pia.goto("/policy/rules/")
    expect(pia.get_by_role("heading", name="No rule yet")).to_be_visible()
    axe(pia)
    shots(pia, "rules-empty")
    pia.get_by_role("link", name="Write the first rule").click()
    shots(pia, "rule-write")
    axe(pia)
    pia.get_by_label("Name", exact=True).fill("disguised-bags")
    pia.get_by_label("What it is for").fill("Bags under a mark that is disguised on purpose come off sale.")
    pia.get_by_label("Acts by itself").check()
    pia.get_by_role("button", name="Keep as a draft").click()
    expect(pia.get_by_role("heading", name="Please mend this first")).to_be_visible()
    pia.complaints.clear()  # type: ignore[attr-defined]  # the console reports a 422 as an error
    shots(pia, "rule-write-errors")
    axe(pia)
    pia.locator("#id_when-way").get_by_label("disguised").check()
    pia.get_by_label("takes the listing off sale").check()
    pia.get_by_label("the marketplace's terms").check()
    pia.get_by_label("Law or term").fill("Terms for sellers, 4.2")
    pia.get_by_label("Why it applies").fill("The terms do not allow a listing to use somebody else's mark.")
    pia.get_by_text("If it acts: what stops it by itself").click()
    pia.get_by_label("Decisions in an hour").fill("2")
    pia.get_by_label("Why you write this version").fill("We restricted all of these last week.")
    pia.get_by_role("button", name="Keep as a draft").click()
    expect(pia.get_by_text("is a draft")).to_be_visible()

    # She replays it, sees what it would have done, and lets it be tried.
    pia.get_by_role("button", name="Replay over past listings").click()
    expect(pia.get_by_role("heading", name="It would have acted on 3 of 5 listings")).to_be_visible()
    expect(pia.get_by_text("Of the one that people decided on, they decided the same on 1.")).to_be_visible()
    pia.locator("#replay summary").click()
    axe(pia)
    shots(pia, "rule-replayed")
    pia.get_by_role("link", name="Try it in shadow").click()
    pia.get_by_role("button", name="Try it in shadow").click()
    expect(pia.get_by_text("It can be proposed from")).to_be_visible()
    come_in(world, 1)
    pia.reload()
    expect(pia.get_by_role("heading", name="In shadow it has held for 1 listing")).to_be_visible()
    assert Decision.objects.count() == 1  # nothing was done by it

    # A day later she proposes it; it is wide here, so she types the number.
    RuleVersion.objects.update(shadow_since=clock.now() - timedelta(days=2))
    pia.reload()
    shots(pia, "rule-shadow")
    axe(pia)
    pia.get_by_role("link", name="Propose it").click()
    pia.get_by_role("button", name="Propose").click()
    expect(pia.get_by_text("Type 3 to show that you mean it")).to_be_visible()
    pia.get_by_label("Number of listings").fill("5")
    pia.get_by_role("button", name="Propose").click()
    expect(pia.get_by_text("This rule holds for 3 of 5 listings").first).to_be_visible()
    pia.complaints.clear()  # type: ignore[attr-defined]
    shots(pia, "rule-wide")
    axe(pia)
    pia.get_by_label("Number of listings").fill("3")
    pia.get_by_role("button", name="Propose").click()
    expect(pia.get_by_text("You proposed it. Somebody else switches it on.")).to_be_visible()
    expect(pia.get_by_role("link", name="Switch it on as the second person")).to_have_count(0)

    # Paul looks, and switches it on.
    paul.goto("/policy/rules/")
    expect(paul.get_by_text("Waits for a second person")).to_be_visible()
    paul.get_by_role("link", name="disguised-bags").click()
    paul.get_by_role("link", name="Switch it on as the second person").click()
    paul.get_by_label("Number of listings").fill("3")
    shots(paul, "rule-approve")
    paul.get_by_role("button", name="Switch on").click()
    expect(paul.get_by_text("The rule is live, and acts.")).to_be_visible()

    # Listings come in; two are decided on, and the third stops the rule.
    come_in(world, 4)
    act_by_rule.act(at=clock.now())
    pia.goto("/policy/rules/")
    expect(pia.get_by_text("It decides nothing now.")).to_be_visible()
    axe(pia)
    shots(pia, "rules-stopped")
    pia.goto(RULE)
    expect(pia.get_by_text("it acted too fast")).to_be_visible()
    expect(pia.get_by_role("heading", name="Live, it has decided on 2 listings")).to_be_visible()
    axe(pia)
    shots(pia, "rule-stopped")
    pia.goto("/inbox/")
    pia.get_by_role("link", name="A rule stopped by itself").first.click()
    expect(pia.get_by_role("link", name="See the rule")).to_be_visible()
    shots(pia, "rule-letter")

    # What it decided is put back, and the rule is out.
    pia.goto(RULE)
    pia.get_by_role("link", name="Put back what it decided").click()
    pia.get_by_label("Why").fill("The rule was too quick; we look at these ourselves.")
    axe(pia)
    pia.get_by_role("button", name="Put them back").click()
    expect(pia.get_by_text("2 decisions are reversed")).to_be_visible()
    pia.get_by_role("link", name="Retire it").click()
    pia.get_by_role("button", name="Retire").click()
    expect(pia.get_by_text("this version is retired")).to_be_visible()
    assert list(Decision.objects.exclude(rule=None).values_list("status", flat=True)) == ["reversed", "reversed"]

    # The file of the rules in force is one that the command takes.
    with pia.expect_download() as download:
        pia.goto("/policy/rules/")
        pia.get_by_role("link", name="The rules in force, as a file").click()
    download.value.save_as(tmp_path / "rules.toml")
    assert Rules.load(tmp_path / "rules.toml").rules == ()
