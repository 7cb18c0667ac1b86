"""The site's settings with a wiring whose worker can be made to stand still at a named point, to be killed there."""

from touchmark.site.settings import *  # noqa: F403

TOUCHMARK_WIRING = "tests.apps.outbox.kill_wiring"
