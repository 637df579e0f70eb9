"""Requests that send a form, as addresses: `http://host/list?__wb_method=POST&page=2`.

What a form sent belongs to what was asked. Web archives write it behind the address, and so do we, so that an answer
has one address wherever it is filed. Belongs here: address ↔ request. Does not belong here: sending it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from urllib.parse import urlencode

_MARK = "__wb_method=POST"
#: A longer form (a page's whole state) is named by its hash where it is filed.
_LONGEST = 1500


def address_of_post(url: str, fields: Iterable[tuple[str, str]]) -> str:
    """The address of a request that sends these fields to `url`."""
    return f"{url}{'&' if '?' in url else '?'}{_MARK}&{urlencode(list(fields))}"


def request_of(url: str) -> tuple[str, bytes | None]:
    """The address that a server is asked for, and the form that is sent to it; None where none is."""
    before, mark, form = url.partition(_MARK)
    if not mark or before[-1:] not in ("?", "&"):
        return url, None
    return before[:-1], form.removeprefix("&").encode("ascii", "replace")


def is_post(url: str) -> bool:
    """Tell whether an address stands for a request that sends a form."""
    return request_of(url)[1] is not None


def filed_as(url: str) -> str:
    """The address under which the answer is filed: the same, with a hash in the place of a long form."""
    plain, form = request_of(url)
    if form is None or len(form) <= _LONGEST:
        return url
    return address_of_post(plain, [("__wb_post_sha256", hashlib.sha256(form).hexdigest())])
