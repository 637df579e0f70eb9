"""One address → one response, politely: limits, robots.txt, retries, and nowhere that it must not go.

Belongs here: HTTP. Does not belong here: what is asked for and why (`pipelines.harvest.refresh`), what a page says
(`pipelines.harvest.discovery`), where it is kept (`pipelines.harvest.archive`).
"""
