"""Made situations of the real web, one site each: what is served, and what a person would find, name and call the bodies.

    with Served([situation]) as web:
        night = web.refresh(situation, folder)
        assert night.found == set(situation.expected)

The structure of each is that of a real system; names and texts are made. A situation is judged by the server's own log
(found, requests), the ledger (named) and `sources due` (states). Belongs here: sites, the server of them, one night of a
refresh. Does not belong here: the replica of a whole web (`tests.web.replica`), whose server this uses.
"""
