"""What every test stands on: the policy on skips, and the real data beside the project."""

import gc
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))
import compile_words  # noqa: E402

from tests.factories import tables  # noqa: E402

compile_words.main()

# Where tests run in the background, programs that they start would be deaf to Ctrl-C, as their shell has it.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# How long an example takes says how busy the machine is, and nothing of the code. The same examples each time, so that
# a change is red for what it changes; ``TOUCHMARK_SEEK=1`` looks for new ones.
SEEKS = bool(os.environ.get("TOUCHMARK_SEEK"))
settings.register_profile(
    "touchmark", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=not SEEKS
)
settings.load_profile("touchmark")
if not SEEKS:  # examples out of whatever modules other tests have loaded are others in every order of tests
    providers._get_local_constants = lambda: providers._local_constants  # type: ignore[attr-defined]


#: Who asks for one of these asks the database in use.
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "django_db_blocker", "live_server"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Say what ``make golden`` says."""
    parser.addoption("--renew-golden", action="store_true", help="write the golden files anew, to be read in git diff")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """
    Leave out what is no question on the database in use; nothing is missing then.

    On SQLite that is how PostgreSQL finds rows; on PostgreSQL, all that asks no database: it has run on SQLite.
    """
    if os.environ.get("TOUCHMARK_DATABASE_URL", "").startswith("postgres"):
        left_out = [item for item in items if not _asks_a_database(item)]
    else:
        left_out = [item for item in items if item.get_closest_marker("plans")]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


def pytest_collection_finish() -> None:
    """Look for no rubbish in what stays until the end: thousands of tests, and all that they import."""
    gc.collect()
    gc.freeze()


def _asks_a_database(item: pytest.Item) -> bool:
    by_name = DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
    return bool(by_name) or any(item.get_closest_marker(name) for name in ("django_db", "plans", "postgres"))


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Let the database be as ``django_db_modify_db_settings`` left it; on SQLite it is gone with the tests' folder."""
    from django.db import connection

    return connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Begin with the tables, instead of making them once more in each process."""
    from django.db import connection

    if connection.vendor == "sqlite":
        tables.on_sqlite(Path(connection.settings_dict["TEST"]["NAME"]))
    else:
        connection.settings_dict["TEST"]["TEMPLATE"] = tables.template(os.environ["TOUCHMARK_DATABASE_URL"])


@pytest.fixture(scope="session", autouse=True)
def _the_record_may_be_emptied() -> None:
    """Let Django empty its own test database after a test; the record's triggers would refuse, as they should."""
    from django.db import connection

    from touchmark.apps.audit import guard

    flush = connection.ops.execute_sql_flush

    def flush_past_the_guard(statements: list[str]) -> None:
        with guard.lifted(connection):
            flush(statements)

    connection.ops.execute_sql_flush = flush_past_the_guard  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _in_the_sites_language() -> Iterator[None]:
    """Begin every test in the site's own language, whatever the one before was asked in."""
    from django.utils import translation

    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _nothing_counts_from_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look everything up anew: no test sees what another left, nor what was so a moment ago."""
    from touchmark.apps import lately

    monkeypatch.setattr(lately, "COUNTS", 0.0)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Give the folder of real data that may lie beside the project; it is never part of it."""
    folder = Path(os.environ.get("TOUCHMARK_SHARED_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip("the real data are not beside the project (TOUCHMARK_SHARED_DATA)")
    return folder


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[object]:
    """Turn a skip into a failure where the environment says that nothing may be missing."""
    report = yield
    if os.environ.get("TOUCHMARK_FORBID_SKIPS") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, but TOUCHMARK_FORBID_SKIPS is set: {report.longrepr}"
    return report
