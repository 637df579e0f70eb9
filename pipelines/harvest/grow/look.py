"""One look at an address: asked for once, followed where it sends on, and told what came.

Belongs here: request → what came, in the words of `expectations.register_words`. Does not belong here: what a page lists
(`pipelines.harvest.grow.listed`).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from pipelines.archive.response import NotFetched, Response
from pipelines.harvest.discovery.answer_kind import kind_of
from pipelines.harvest.fetch.address import canonical
from pipelines.harvest.fetch.client import Client
from pipelines.harvest.fetch.policy import Policy
from pipelines.harvest.ledger import opening
from pipelines.harvest.ledger.database import GOOD, Fetch
from pipelines.harvest.run import Registers
from pipelines.harvest.walk.outcome import with_outcome
from pipelines.workspace import Workspace

#: An address is asked for at most twice: a look is no refresh, and the next one comes.
_ATTEMPTS = 2
#: No list is larger.
_LARGEST = 8 << 20
_STATES: Mapping[str, str] = {
    "challenge": "challenge",
    "wants_cookie": "wants_cookie",
    "robots_disallowed": "forbidden",
    "forbidden": "forbidden",
    "http_401": "forbidden",
    "http_403": "forbidden",
    "login": "forbidden",
    "script_shell": "script",
    "empty": "empty",
    **dict.fromkeys(("http_404", "http_410", "soft_404", "not_web", "redirect_loop", "private_address"), "dead"),
}


@dataclass(frozen=True, slots=True)
class Look:
    """Holds what came of an address: `state` is None where a page came, whose bytes are `body`.

    `url` is the address that was asked for, `landed` the last one that it sent on to; `requests` counts robots.txt not.
    """

    url: str
    landed: str
    state: str | None
    code: str | None
    reason: str
    body: bytes = b""
    content_type: str | None = None
    requests: int = 0


@asynccontextmanager
async def client_of(workspace: Workspace, registers: Registers, policy: Policy) -> AsyncIterator[Client]:
    """A client that treats hosts as a refresh does, and keeps to what they asked of earlier ones. Raises `PolicyError`."""
    if not workspace.ledger.is_file():
        opening.clear(workspace)
        workspace.ledger.touch()
    with opening.opened(workspace) as ledger:
        polite = replace(
            policy, attempts=min(policy.attempts, _ATTEMPTS), largest_bytes=min(policy.largest_bytes, _LARGEST)
        )
        left = ledger.left_alone()
        async with Client(polite, delays=registers.delays, tls=registers.tls, left_alone=left) as client:
            try:
                yield client
            finally:
                ledger.leave_alone(client.left_alone)


async def look(client: Client, url: str, redirects: int = 5) -> Look:
    """Ask for an address once, and for those that it sends on to. Never raises for what a site does."""
    here, passed, asked = canonical(url), list[str](), 0
    while here is not None and here not in passed and len(passed) <= redirects:
        passed.append(here)
        try:
            response = await client.ask(here)
        except NotFetched as why:
            return Look(url, here, _state(why.code), why.code, why.message, requests=asked + why.attempts)
        asked += response.attempts
        said = _meaning(response)
        if said.outcome != "redirected":
            return _told(url, response, said, asked)
        here = said.location
        if here in passed and response.header("Set-Cookie"):
            reason = "the page sends on to itself until a cookie comes back"
            return Look(url, passed[-1], "wants_cookie", "wants_cookie", reason, requests=asked)
    code, reason = ("redirect_loop", "it sends on and on") if here else ("not_web", "it leads to no address of the web")
    return Look(url, passed[-1] if passed else url, "dead", code, reason, requests=asked)


def _meaning(response: Response) -> Fetch:
    plain = Fetch(
        "", response.url, "list", response.requested_at, "failed", status=response.status,
        content_type=response.header("Content-Type"),
    )  # fmt: skip
    return with_outcome(plain, response, None)


def _told(url: str, response: Response, said: Fetch, asked: int) -> Look:
    if said.outcome in GOOD:
        return Look(url, response.url, None, None, "a page", response.body, said.content_type, asked)
    code, message = said.code or "failed", said.message or ""
    if response.status >= 400 and code != "challenge":
        page = kind_of(response.status, said.content_type, response.body, response.url, response.url)
        code, message = ("challenge", page.reason) if page.kind == "challenge" else (code, message)
    return Look(url, response.url, _state(code), code, message, requests=asked)


def _state(code: str) -> str:
    """The state of a code; one that is not known may pass."""
    return _STATES.get(code, "unreached")
