"""`gongkai release`: prove a download whole, list releases, tell two apart.

Belongs here: arguments, exit codes, words on the screen. Exit codes: 0 as it should be (or no difference), 1 damaged (or
different), 2 no release there.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.cli import screen
from pipelines.cli.options import WorkspaceOption
from pipelines.progress import more

if TYPE_CHECKING:
    from pipelines.publish.release_before import Before

release = typer.Typer(help="Releases: prove one whole, list them, tell two apart.", no_args_is_help=True)

#: Files that a complaint names.
_NAMED = 20


@release.command()
def verify(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="DIR", help="A release, downloaded or built.", show_default="the newest one"),
    ] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Read every file of a release and compare it with SHA256SUMS."""
    from pipelines.publish import sums
    from pipelines.workspace import workspace_at

    chosen = folder or workspace_at(workspace).releases / "latest"
    try:
        found = sums.verify(chosen)
    except sums.NoSumsError as error:
        screen.stop(str(error), 2)
    for what, paths in (("missing", found.missing), ("damaged", found.damaged), ("not of the release", found.unlisted)):
        for path in paths[:_NAMED]:
            typer.echo(f"{what}: {path}", err=True)
        if others := more(paths, _NAMED):
            typer.echo(f"{what}: {others}", err=True)
    if not found.whole:
        screen.stop(f"not whole: {len(found.missing)} of {found.count} files missing, {len(found.damaged)} damaged", 1)
    typer.echo(f"whole: {found.count} files of {chosen.resolve().name} are as they were released")


@release.command("list")
def list_releases(workspace: WorkspaceOption = None) -> None:
    """List the releases, the newest first: what came with each, and why a closed gate was passed."""
    from pipelines.publish import release as releases
    from pipelines.publish import versions
    from pipelines.workspace import workspace_at

    place = workspace_at(workspace).releases
    found = versions.versions(place)
    if not found:
        screen.stop(f"nothing was released in {place}", 2)
    now = versions.current(place)
    for version in reversed(found):
        said = releases.about(place / version)
        mark = " latest" if now == (place / version).resolve() else ""
        reason = f"; accepted: {said['accepted']}" if said.get("accepted") else ""
        typer.echo(f"{version:<16}after {said.get('previous') or 'none':<16}{mark}{reason}")


@release.command()
def diff(
    old: Annotated[str, typer.Argument(metavar="A", help="A version, or the folder of a release.")],
    new: Annotated[str, typer.Argument(metavar="B", help="The one to compare with it.")],
    workspace: WorkspaceOption = None,
) -> None:
    """Say which values appeared, changed or vanished from A to B, as CHANGES.md does. Exit code 1 where some did."""
    from pipelines.publish.changes import changelog, compare
    from pipelines.publish.release_before import between
    from pipelines.workspace import workspace_at

    place = workspace_at(workspace).releases
    before, after = (_look(place, name) for name in (old, new))
    with between(before, after) as connection:
        compare(connection)
        typer.echo(changelog(connection, before, str(after.version)), nl=False)
        count = connection.execute("select count(*) from changes").fetchall()[0][0]
    raise typer.Exit(1 if count else 0)


def _look(releases: Path, name: str) -> Before:
    """A release by version or folder; exit 2 where there is none, 1 where it is damaged."""
    from pipelines.publish.release_before import look_back
    from pipelines.publish.versions import SUMS

    folder = next((f for f in (releases / name, Path(name)) if (f / SUMS).is_file()), None)
    if folder is None:
        screen.stop(
            f"{name} is neither a version in {releases} nor the folder of a release; see gongkai release list", 2
        )
    found = look_back(folder.resolve())
    if found.damage:
        screen.stop(found.damage, 1)
    return found
