"""How eight kinds of systems publish a column: one module a kind. Structure only; every text is the replica's own.

Belongs here: addresses of lists and articles, how lists link and page. Does not belong here: what is in a list
(`tests.web.columns`) or how a site misbehaves (`tests.web.quirks`).
"""

from tests.web.families.asp import Asp
from tests.web.families.base import Family, Lists
from tests.web.families.folders import FolderLists, Folders
from tests.web.families.frame import Frame
from tests.web.families.jcms import Jcms
from tests.web.families.json_list import JsonList
from tests.web.families.trs import Trs, TrsWithBase
from tests.web.families.ucap import Ucap, UcapPosts
from tests.web.families.vsb import Vsb

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
