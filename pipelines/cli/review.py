"""`gongkai review`: what a person should look at, and corrections written to the register. Registered in `pipelines.cli.app`."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.ask.newest import NotThere, opened
from pipelines.cli import screen
from pipelines.cli.options import WorkspaceOption
from pipelines.workspace import Workspace, workspace_at

if TYPE_CHECKING:
    import duckdb

    from expectations.corrections import Correction
    from pipelines.ask.review import Item

_KINDS = "not_applied, conflicting, contradicted, unread, low_confidence, unmapped, identity"
RegisterOption = Annotated[
    Path | None,
    typer.Option(
        "--register",
        help="The register to write to 更正登记文件; data/corrections.csv of a checkout, for example.",
        show_default="$GONGKAI_CORRECTIONS, else corrections.csv in the workspace",
    ),
]


def review(
    body: Annotated[str | None, typer.Option(help="Only this body 机关: its id, name, division or code.")] = None,
    year: Annotated[int | None, typer.Option(help="Only this report year 年度.")] = None,
    kind: Annotated[list[str] | None, typer.Option(help=f"Only this kind 类别; may be given again: {_KINDS}.")] = None,
    limit: Annotated[int, typer.Option(help="Places that are shown 列出条数.", min=1)] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print the places as JSON, a list of objects.")] = False,
    picture: Annotated[
        bool,
        typer.Option(
            "--picture", help="Cut a picture of each place of a PDF or scan 截图, into review/ of the workspace."
        ),
    ] = False,
    interactive: Annotated[
        bool, typer.Option("--interactive", "-i", help="Ask for the right number, place by place 逐条复核.")
    ] = False,
    accept: Annotated[str | None, typer.Option(metavar="ID", help="Correct this fact or figure 更正此项.")] = None,
    value: Annotated[str | None, typer.Option(help="The right number 更正值, in the printed unit.")] = None,
    reason: Annotated[str, typer.Option(help="Why the printed number is wrong 理由.")] = "",
    evidence: Annotated[
        str, typer.Option(help="Where the right number is to be seen 依据.", show_default="the place in the document")
    ] = "",
    by: Annotated[str, typer.Option(envvar="GONGKAI_BY", help="Who corrects 更正人.")] = "",
    yes: Annotated[
        bool, typer.Option("--yes", help="Replace a line for the same place without asking 直接替换.")
    ] = False,
    register: RegisterOption = None,
    workspace: WorkspaceOption = None,
) -> None:
    """List what a person should look at, most consequential first, or correct a number 列出需要人工复核的数据，或登记更正.

    The weight of a place: use in comparisons (4, 2, 1) × level of the body (4 province to 1 township) × digits of the
    number × sums that fail there. A correction is a line of the register: the next build shows its number with the
    grade `corrected` and keeps what is printed.
    """
    from pipelines.ask.review import KINDS

    place = workspace_at(workspace)
    if unknown := sorted(set(kind or ()) - set(KINDS)):
        screen.stop(f"--kind is {', '.join(unknown)}; it is one of {', '.join(KINDS)}", 2)
    if not place.warehouse.is_file():
        screen.stop(f"{place.root} holds no warehouse to review; `gongkai build` makes one", 1)
    desk = _Desk(place, register or place.corrections, by, yes)
    if accept is not None:
        _accept(desk, accept, value, reason, evidence)
        return
    found = _found(place, body, year, kind or ())
    if interactive:
        desk.go_through(found[:limit])
    else:
        _print(place, found, limit, as_json, picture)


def _found(place: Workspace, body: str | None, year: int | None, kinds: Sequence[str]) -> list[Item]:
    from pipelines.ask.review import items

    with _warehouse(place) as connection:
        return items(connection, body, year, kinds)


@contextmanager
def _warehouse(place: Workspace) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse, to be asked; what it does not know ends the command with a sentence."""
    import duckdb

    try:
        with opened(place.warehouse) as connection:
            yield connection
    except NotThere as error:
        screen.stop(str(error), 2)
    except duckdb.CatalogException:
        screen.stop("another version of the program made the warehouse; `gongkai build` makes it anew", 1)


def _print(place: Workspace, found: list[Item], limit: int, as_json: bool, picture: bool) -> None:
    from pipelines.ask.review import counts
    from pipelines.cli import show_review

    shown = [(item, _archived(place, item), _picture(place, item) if picture else None) for item in found[:limit]]
    if as_json:
        sys.stdout.write(show_review.as_json(shown))
        return
    out = screen.results(screen.WIDE)
    out.print(show_review.summary(counts(found), len(shown)), soft_wrap=True)
    for one in shown:
        out.print(show_review.item(*one), soft_wrap=True)


def _archived(place: Workspace, item: Item) -> str:
    """Where the bytes of the document lie, where they lie as a file."""
    from pipelines.archive.by_hash import name_of

    if not isinstance(place.archive, Path):
        return ""
    names = (name_of(item.document_sha256, response=is_response) for is_response in (False, True))
    return next((str(path) for name in names if (path := place.archive / name).is_file()), "")


def _picture(place: Workspace, item: Item) -> str:
    """The path of the picture that was cut, or why there is none."""
    from pipelines.cli import place_picture

    try:
        return str(place_picture.write(item, place, place.root / "review"))
    except place_picture.NoPicture as error:
        return f"none: {error}"


def _accept(desk: _Desk, place_id: str, value: str | None, reason: str, evidence: str) -> None:
    from pipelines.ask.review import item_of

    if value is None:
        screen.stop("--accept needs --value, the right number", 2)
    with _warehouse(desk.place) as connection:
        item = item_of(connection, place_id)
    if problem := desk.correct(item, value, reason, evidence):
        screen.stop(f"nothing was written 未登记: {problem}", 2)


@dataclass(slots=True)
class _Desk:
    """Where a person corrects: the workspace, the register that is written to, who it is."""

    place: Workspace
    register: Path
    by: str
    replaces: bool

    def correct(self, item: Item, value: str, reason: str, evidence: str) -> str | None:
        """Write a line for a place; why not, where nothing was written."""
        from expectations.corrections import CORRECTIONS_FILE
        from pipelines.ask import registry
        from pipelines.cli import show_review

        try:
            line = registry.line_for(
                item, value, reason=reason, evidence=evidence, by=self.by, on=datetime.date.today()
            )
        except registry.RefusedError as error:
            return str(error)
        before = registry.known(self.register, line)
        if before is not None and not self._may_replace(before):
            return f"the register has a line for this place ({_said(before)}); --yes replaces it"
        registry.keep(self.register, line)
        is_used = self.register.resolve() in {CORRECTIONS_FILE.resolve(), self.place.corrections.resolve()}
        screen.results(screen.WIDE).print(show_review.written(self.register, item.id, is_used), soft_wrap=True)
        return None

    def _may_replace(self, before: Correction) -> bool:
        if self.replaces:
            return True
        return _is_terminal() and typer.confirm(f"replace 替换 {_said(before)}?", err=True)

    def go_through(self, found: Sequence[Item]) -> None:
        """Show place by place and ask for the right number. Nothing leaves a place as it is, `q` ends."""
        if not _is_terminal():
            screen.stop("--interactive needs a terminal; use --accept ID --value N", 2)
        self.by = self.by or typer.prompt("who corrects 更正人")
        for item in found:
            if item.correctable and not self._ask(item):
                return

    def _ask(self, item: Item) -> bool:
        """Ask about one place; False where the person wants to stop."""
        from pipelines.cli import show_review

        screen.results(screen.WIDE).print(show_review.item(item, _archived(self.place, item)), soft_wrap=True)
        value = typer.prompt(
            "right number, Enter to leave it, q to stop 更正值（回车跳过，q 退出）", default="", show_default=False
        )
        if not value or value.lower() == "q":
            return not value
        reason = typer.prompt("reason 理由")
        evidence = typer.prompt("evidence 依据, Enter for the document itself", default="", show_default=False)
        if problem := self.correct(item, value, reason, evidence):
            screen.messages().print(f"nothing was written 未登记: {problem}", style="red", markup=False)
        return True


def _said(line: Correction) -> str:
    return f"{line.printed or 'blank'} → {line.corrected}, {line.reason}, {line.by}, {line.on}"


def _is_terminal() -> bool:
    return sys.stdin.isatty()
