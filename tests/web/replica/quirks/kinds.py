"""What a quirk is: it changes one site and its ledger, and may use the others by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.web.replica.site import Site

Sites = Mapping[str, Site]

Quirk = Callable[[Site, Sites], None]
