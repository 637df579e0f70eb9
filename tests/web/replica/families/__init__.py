"""How eight kinds of systems publish a column: one module a kind. Structure only; every text is the replica's own.

Belongs here: addresses of lists and articles, how lists link and page. Does not belong here: what is in a list
(`tests.web.replica.columns`) or how a site misbehaves (`tests.web.replica.quirks`).
"""

from tests.web.replica.families.asp import Asp
from tests.web.replica.families.base import Family, Lists
from tests.web.replica.families.folders import FolderLists, Folders
from tests.web.replica.families.frame import Frame
from tests.web.replica.families.jcms import Jcms
from tests.web.replica.families.json_list import JsonList
from tests.web.replica.families.trs import Trs, TrsWithBase
from tests.web.replica.families.ucap import Ucap, UcapPosts
from tests.web.replica.families.vsb import Vsb

#: Variants of a family have its name and their own behind a hyphen.
FAMILIES: dict[str, type[Family]] = {
    "trs": Trs,
    "trs-base": TrsWithBase,
    "jcms": Jcms,
    "vsb": Vsb,
    "asp": Asp,
    "ucap": Ucap,
    "ucap-posts": UcapPosts,
    "iframe": Frame,
    "folders": Folders,
    "folders-lists": FolderLists,
    "json": JsonList,
}

__all__ = ["FAMILIES", "Family", "Lists"]
