"""
Schemathesis reads the API's document and asks every operation what fits it and what does not, in this process.

All of its checks hold: no fault of ours; statuses, types and bodies as the document says; what fits is taken, what does
not is refused; nothing without a token.
"""

import os
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode, SerializationContext
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import FailureGroup

from tests.factories import accounts, clients, rules
from tests.flows.world import LATER, appeal_form, built
from touchmark.apps.appeals import actions as appeals
from touchmark.engine.terms import Actor, Role
from touchmark.site.wsgi import application

EXAMPLES = int(os.environ.get("TOUCHMARK_EXAMPLES", "5"))
#: A NUL is refused everywhere, which a document cannot say; ``test_what_holds_everywhere`` looks at it.
NO_NUL = SchemathesisConfig.from_dict({"generation": {"allow-x00": False}})


@schemathesis.serializer("application/jsonl", "application/x-ndjson")
def lines(context: SerializationContext, value: Any) -> Any:
    """Send text as it is drawn; what is no text, as bytes that are none."""
    return value.encode("utf-8", "surrogatepass") if isinstance(value, str) else b"\xff"


@pytest.fixture
def tokens(db: None, settings: Any) -> Iterator[dict[str, str]]:
    """Give a token for each part of the API, in a world where there is something of everything."""
    settings.TOUCHMARK_API_RATE = settings.TOUCHMARK_SCREENINGS_RATE = 10**9
    world = built()
    world.report()
    appeals.file(decision_ref=world.restrict().ref, form=appeal_form(), actor=world.sam, at=LATER)
    actors = {
        "notices": world.vera,
        "notice-": world.vera,
        "safety": world.ravi,
        "suspicions": accounts.actor(Role.INVESTIGATOR),
        "rights": world.vera,
        "appeals": world.sam,
        "rules": rules.owner(),
        "proofs": world.ravi,
        "gates": rules.owner(),
        "traders": accounts.actor(Role.OPERATOR),
        "standings": world.sam,
        "proposals": world.ravi,
        "orders": world.ravi,  # of no marketplace: what a letter says that fits here can still be no order
        "": Actor.program_of("bazaar"),
    }
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)  # a server's habit, which would end the test's transaction
    yield {kind: clients.with_every_scope(actor).token for kind, actor in actors.items()}
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def schema(django_db_setup: None, django_db_blocker: Any) -> Any:
    """Read the document once."""
    with django_db_blocker.unblock():
        return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application, config=NO_NUL)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["fits", "does not fit"])
def test_every_operation_keeps_to_the_document(tokens: dict[str, str], schema: Any, mode: GenerationMode) -> None:
    faults = {}
    for found in schema.get_all_operations():
        operation = found.ok()
        token = next(token for kind, token in tokens.items() if kind in operation.path)
        try:
            _ask(operation, mode, token)
        except (Exception, FailureGroup) as fault:
            faults[operation.label] = _told(fault)
    assert not faults, "\n\n".join(f"{label}: {said}" for label, said in faults.items())


def _told(fault: BaseException) -> str:
    return str(fault) + "\n".join(map(str, fault.exceptions)) if isinstance(fault, FailureGroup) else repr(fault)


def _ask(operation: Any, mode: GenerationMode, token: str) -> None:
    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
        database=None,
        phases=[Phase.generate],
    )
    def ask(case: Case) -> None:
        if mode == GenerationMode.POSITIVE and "Idempotency-Key" in (case.headers or {}):
            case.headers["Idempotency-Key"] = str(uuid4())  # one that was used is refused, which is tested by itself
        case.call_and_validate(headers={"Authorization": f"Bearer {token}"})

    ask()
