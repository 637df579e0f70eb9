"""One address → one response, politely: limits, robots.txt, retries, and nowhere that it must not go.

By aiohttp: it lets every connection be judged by the number that it really goes to (a socket factory, whatever the name
resolves to and however often), and takes a TLS context for one request (old servers, host by host). No HTTP cache stands
between: the archive has every body already, and the validators of the last answer are in the ledger.

Belongs here: HTTP. Does not belong here: what is asked for and why (`pipelines.harvest.walk.refresh`), what a page says
(`pipelines.harvest.discovery`), where it is kept (`pipelines.archive.by_hash`).
"""
