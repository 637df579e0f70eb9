"""Closed lists of words of the register of addresses: what a look at an address gave, and how a proposal stands.

Belongs here: the words, without any library. Does not belong here: the tables that use them (`expectations.register`).
"""

#: What a single look at an address gave.
#: `read`: a list of annual reports, with some on it, or with the years that lead to them.
#: `empty`: a page on which nothing was recognised: neither report nor year nor column.
#: `script`: a page that a script draws; what it would show is not in it.
#: `general`: a column of all kinds of notices, or a home page; no column of annual reports.
#: `challenge`: a page that wants a browser. `wants_cookie`: one that sends on to itself until a cookie comes back.
#: `forbidden`: the site's robots.txt, or its answer, says that we may not.
#: `dead`: the address is gone. `unreached`: asked in vain; that may pass, and says nothing of the address.
PROBE_STATES = ("read", "empty", "script", "general", "challenge", "wants_cookie", "forbidden", "dead", "unreached")
#: How far an address of the register is known: never looked at, looked at, or accepted by a person or by a stated rule.
LIST_STATES = ("unprobed", "probed", "confirmed")
#: A list of reports, or the portal of a government.
PROPOSAL_KINDS = ("list", "portal")
#: `high`: the page says by itself whose it is and what. `medium`: where it was found says it. `low`: only a link does.
CONFIDENCES = ("high", "medium", "low")
PROPOSAL_STATES = ("open", "accepted", "refused")
COVERS = ("body", "territory")
#: How a portal came to be known: its government's reports stand on the host; those of its organs; those of a body below it,
#: and the host bears its name; a proposal was accepted; somebody added it.
PORTAL_ORIGINS = ("its_reports", "its_organs_reports", "reports_below_it", "reviewed", "added")
