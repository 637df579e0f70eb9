"""Tells what changed between two releases: as a table (`differences`) and as a page of Markdown (`changelog`).

Belongs here: which rows are others than before, and why. Does not belong here: whether that is allowed
(`pipelines.publish.release_gate`).
"""

from pipelines.publish.changes.changelog import changelog
from pipelines.publish.changes.differences import compare
from pipelines.publish.changes.write import FOLDER, write

__all__ = ["FOLDER", "changelog", "compare", "write"]
