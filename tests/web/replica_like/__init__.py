"""A second replica: sites made from families × pagers × spellings of folders × seeds, each a `Situation` of its own.

    made = [situation for kind in KINDS for situation in kind.made(seeds=(1, 2))]

| kinds | modules | what is drawn by a seed |
|---|---|---|
| pagers | `pagers` | county, number of pages, entries a page, names of files |
| families | `families` | county, ids, numbers of columns, number of parts |
| folders | `folders` | district, units, spelling of a year's folder, order of years |
| lost lists | `lost` | county, ids, which spelling is the right one |

The judge is the server's own log: what was found, what it cost, whether a rule of politeness was broken. Names are those of
real divisions with made organs; no text is that of a real page. Belongs here: sites. Does not belong here: any client.
"""

from tests.web.replica_like import families, folders, lost, pagers
from tests.web.replica_like.frame import Kind

KINDS: tuple[Kind, ...] = (*pagers.KINDS, *families.KINDS, *folders.KINDS, *lost.KINDS)

__all__ = ["KINDS", "Kind"]
