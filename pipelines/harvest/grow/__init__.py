"""The register grows: addresses are looked at, portals are walked down to their lists, what is found is proposed and reviewed.

Belongs here: looking for addresses, and what share of the country they reach. Does not belong here: the register's rows
(`pipelines.harvest.register`), or taking reports from a list (`pipelines.harvest.walk`).
"""
