"""The list of addresses that is kept by hand: sources, hosts, their review, and the statutory calendar."""
