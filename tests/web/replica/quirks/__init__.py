"""What is wrong with a site, by the name that the plan gives it.

Belongs here: quirks of sites, a module a kind. Does not belong here: how an answer is delayed, cut or refused
(`tests.web.replica.behaviours`).
"""

from __future__ import annotations

from tests.web.replica import behaviours
from tests.web.replica.quirks import answers, lists, redirects, robots
from tests.web.replica.quirks.kinds import Quirk
from tests.web.replica.rules import ROBOTS

SLOW = 0.5


QUIRKS: dict[str, Quirk] = {
    "": lambda site, _: None,
    "one of its addresses is dead": answers.dead_address,
    "links the reports of others": lists.neighbours,
    "redirects to a new path": redirects.moved,
    "redirects to another host": redirects.moved_away,
    "redirects in a loop": redirects.loop,
    "redirects to a private address": redirects.inwards(redirects.PRIVATE, "private address"),
    "redirects to a link-local address": redirects.inwards(redirects.LINK_LOCAL, "link-local address"),
    "redirects to what another host's robots.txt closes": redirects.into_closed,
    "says 200 to everything": answers.soft_404,
    "its list needs a script": answers.shell,
    "challenges whoever reads an article": answers.challenge,
    "403": answers.always(403),
    "410": answers.always(410),
    "429 with Retry-After in seconds": answers.before_all(lambda: behaviours.rate_limit(2, 4.0, 1)),
    "503 with Retry-After as a date": answers.before_all(lambda: behaviours.busy_first(2)),
    "503 for ever": answers.always(503),
    "robots.txt closes a folder": robots.closed_to("*"),
    "robots.txt closes a folder to gongkai": robots.closed_to("gongkai"),
    "robots.txt asks for a delay": robots.delay,
    "robots.txt is missing": lambda site, _: site.routes.pop(ROBOTS, None) and None,
    "robots.txt is a server error": robots.broken,
    "robots.txt is a web page": robots.web_page,
    "slow": answers.before_all(lambda: behaviours.slow(SLOW)),
    "drips": answers.before_newest(behaviours.drip, "drips for ever"),
    "loses the connection once": answers.before_all(behaviours.cut_first),
    "loses the connection always": answers.before_newest(behaviours.cut_always, "the connection is always lost"),
    "endless, no length": answers.before_newest(lambda: behaviours.endless(-1), "endless"),
    "endless, huge length": answers.before_newest(lambda: behaviours.endless(behaviours.FOREVER), "endless"),
    "gzip bomb": answers.before_newest(behaviours.bomb, "gzip bomb"),
    "cannot answer 304": lambda site, _: None,
    "its PDF is text/html": answers.wrong_type,
    "an empty body": answers.empty,
    "2,000 links": lists.long,
    "hostile titles": lists.hostile,
}
