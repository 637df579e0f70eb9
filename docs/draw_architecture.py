"""Draw who imports whom, floor by floor, into `docs/images/architecture.svg`: python docs/draw_architecture.py

The floors are those of the contract in `pyproject.toml`, the arrows are what grimp finds in the source. The same source
gives the same bytes. Arrows to one room flow together on their way. The two rooms above all others and the ground that
all stand on are named in each room instead; an arrow that does not go down would be red.
"""

from __future__ import annotations

import ast
import math
import textwrap
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

import grimp

PROJECT = Path(__file__).resolve().parents[1]
PICTURE = PROJECT / "docs" / "images" / "architecture.svg"
PACKAGES = ("expectations", "pipelines", "assets")

WIDTH, MARGIN, TITLE = 1240, 36, 92
BOX, HEIGHT, GAP, LANE = 250, 92, 62, 20
SLAB = 74
INK, FAINT, PAPER, RED = "#22303c", "#6b7885", "#fbfaf6", "#d21f1f"
#: A colour for the arrows to each room, from the ground up.
COLOURS = (
    "#4c78a8",
    "#e08214",
    "#2a9d8f",
    "#8e6bbf",
    "#b5655d",
    "#6a994e",
    "#c2578b",
    "#3d85c6",
    "#a58a2a",
    "#7b8794",
    "#5f6fb5",
    "#bc6c25",
    "#3a8f6a",
    "#9a5aa0",
    "#577590",
    "#7a6a53",
)
_SANS = "system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif"
_MONO = "ui-monospace, 'DejaVu Sans Mono', monospace"

Imports = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Room:
    """A room: a module name as in the contract, what lives there, and how many modules it has."""

    name: str
    says: str
    count: int


# --- what is drawn


def floors(project: Path = PROJECT) -> list[list[str]]:
    """The rooms floor by floor from the top, as the contract names them."""
    settings = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["id"] == "floors")
    return [[name.strip() for name in layer.split("|")] for layer in layers]


def imports(rooms: Iterable[str]) -> Imports:
    """How many modules of one room import how many of another, by (importing, imported)."""
    graph, known = grimp.build_graph(*PACKAGES, cache_dir=None), tuple(rooms)
    found: Counter[tuple[str, str]] = Counter()
    for module in graph.modules:
        for imported in graph.find_modules_directly_imported_by(module):
            one, other = _room_of(module, known), _room_of(imported, known)
            if one and other and one != other:
                found[one, other] += 1
    return found


def _room_of(module: str, rooms: Sequence[str]) -> str | None:
    return next((room for room in rooms if module == room or module.startswith(f"{room}.")), None)


def room(name: str, project: Path = PROJECT) -> Room:
    """What the docstring of a room says in its first sentence, and how many modules it has."""
    place = project.joinpath(*name.split("."))
    file = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
    said = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    sentence = said.split("\n\n")[0].replace("\n", " ").replace("`", "").split(". ")[0].rstrip(".")
    count = sum(path.name != "__init__.py" for path in place.rglob("*.py")) if place.is_dir() else 1
    return Room(name, sentence, count)


# --- where it stands


@dataclass(slots=True)
class Item:
    """A room on its floor, or the lane by which arrows to a room pass a floor. `x` is its middle."""

    target: str
    is_room: bool
    x: float = 0.0
    above: list[tuple[Item, int]] = field(default_factory=list)
    below: list[tuple[Item, int]] = field(default_factory=list)

    @property
    def width(self) -> float:
        """How much of its floor it takes, with the space beside it."""
        return BOX + 26 if self.is_room else LANE


def laid_out(middle: Sequence[Sequence[str]], found: Imports) -> list[list[Item]]:
    """Rooms and lanes floor by floor, joined with the next ones below, each at its place."""
    rows = [[Item(name, True) for name in floor] for floor in middle]
    at = {item.target: number for number, row in enumerate(rows) for item in row}
    rooms = {item.target: item for row in rows for item in row}
    lanes: dict[tuple[str, int], Item] = {}
    for (one, other), count in sorted(found.items()):
        if one in at and other in at and at[one] < at[other]:
            _join(
                rooms[one], [_lane(lanes, rows, other, n) for n in range(at[one] + 1, at[other])], rooms[other], count
            )
    _order(rows)
    _place(rows)
    return rows


def _lane(lanes: dict[tuple[str, int], Item], rows: list[list[Item]], target: str, number: int) -> Item:
    if (target, number) not in lanes:
        lanes[target, number] = Item(target, False)
        rows[number].append(lanes[target, number])
    return lanes[target, number]


def _join(start: Item, lanes: Sequence[Item], end: Item, count: int) -> None:
    """Add an arrow to the ways that are there: what flows together is one way with the sum of both."""
    for one, other in zip([start, *lanes], [*lanes, end], strict=True):
        known = next((n for item, n in one.below if item is other), 0)
        one.below = [(item, n) for item, n in one.below if item is not other] + [(other, known + count)]
        other.above = [(item, n) for item, n in other.above if item is not one] + [(one, known + count)]


def _order(rows: list[list[Item]]) -> None:
    """Order each floor by the middle of what its items are joined with, down and up again."""
    for _ in range(12):
        for row, side in [(row, "above") for row in rows[1:]] + [(row, "below") for row in reversed(rows[:-1])]:
            place = {id(item): n / max(1, len(other) - 1) for other in rows for n, item in enumerate(other)}
            keys = {id(item): _middle(item, side, place) for item in row}
            row.sort(key=lambda item: keys[id(item)])


def _middle(item: Item, side: str, place: Mapping[int, float]) -> float:
    joined = [place[id(other)] for other, _ in getattr(item, side)]
    return sum(joined) / len(joined) if joined else place[id(item)]


def _place(rows: list[list[Item]]) -> None:
    """Give each item its place: as near as its neighbours' order allows to what it is joined with."""
    for row in rows:
        _spread(row, [WIDTH / 2] * len(row), [1.0] * len(row))
    for turn in range(60):
        for row in rows if turn % 2 else reversed(rows):
            wanted = [_wanted(item) for item in row]
            _spread(row, wanted, [6.0 if not item.is_room else 1.0 for item in row])


def _wanted(item: Item) -> float:
    # A lane wants to be straight; a room wants to be in the middle of its floor as well.
    pulls = [(other.x, 4.0 if not item.is_room and not other.is_room else 1.0) for other, _ in item.above + item.below]
    pulls += [(WIDTH / 2, 0.6)] if item.is_room else []
    return sum(x * weight for x, weight in pulls) / sum(weight for _, weight in pulls)


def _spread(row: list[Item], wanted: Sequence[float], weights: Sequence[float]) -> None:
    """The places nearest to the wanted ones in the row's order without overlap: neighbours that collide move together."""
    offsets, total = [], 0.0
    for number, item in enumerate(row):
        total += (row[number - 1].width + item.width) / 2 if number else 0.0
        offsets.append(total)
    groups: list[tuple[float, float, int]] = []
    for want, weight, offset in zip(wanted, weights, offsets, strict=True):
        groups.append((want - offset, weight, 1))
        while len(groups) > 1 and groups[-2][0] > groups[-1][0]:
            (b, v, m), (a, w, n) = groups.pop(), groups.pop()
            groups.append(((a * w + b * v) / (w + v), w + v, m + n))
    low = MARGIN + row[0].width / 2 if row else 0.0
    high = WIDTH - MARGIN - row[-1].width / 2 - offsets[-1] if row else 0.0
    starts = [min(max(start, low), high) for start, _, count in groups for _ in range(count)]
    for item, start, offset in zip(row, starts, offsets, strict=True):
        item.x = start + offset


# --- how it looks


def draw(project: Path = PROJECT) -> str:
    """The picture as SVG."""
    listed = floors(project)
    names = [name for floor in listed for name in floor]
    found, rooms = imports(names), {name: room(name, project) for name in names}
    roof, middle, ground = listed[:2], listed[2:-1], listed[-1]
    rows, top = laid_out(middle, found), TITLE + len(roof) * (SLAB + 10) + GAP - 20
    bottom = top + len(rows) * (HEIGHT + GAP)
    colours = dict(zip(reversed([name for floor in middle for name in floor]), COLOURS, strict=True))
    places = _places(listed, rows, top)
    faults = _faults(listed, found, places)
    parts = [_head(bottom + HEIGHT + 74, sum(found.values()), rooms.values(), bool(faults)), *_bands(len(rows), top)]
    parts += _streams(rows, top, colours)
    for name in names:
        width = WIDTH - 2 * MARGIN if [name] in roof else _ground_width(ground) if name in ground else BOX
        foot = _foot(name, found, [name for floor in roof for name in floor], ground)
        height = SLAB if [name] in roof else HEIGHT
        parts.append(_box(rooms[name], *places[name], width, height, colours.get(name, INK), foot))
    return "\n".join([*parts, *faults, "</svg>"]) + "\n"


def _places(
    listed: Sequence[Sequence[str]], rows: Sequence[Sequence[Item]], top: float
) -> dict[str, tuple[float, float]]:
    """The middle of each room's upper edge."""
    places = {floor[0]: (WIDTH / 2, float(TITLE + n * (SLAB + 10))) for n, floor in enumerate(listed[:2])}
    places |= {
        item.target: (item.x, top + n * (HEIGHT + GAP)) for n, row in enumerate(rows) for item in row if item.is_room
    }
    each = _ground_width(listed[-1])
    bottom = top + len(rows) * (HEIGHT + GAP)
    return places | {name: (MARGIN + each / 2 + n * (each + 16), bottom) for n, name in enumerate(listed[-1])}


def _ground_width(ground: Sequence[str]) -> float:
    return (WIDTH - 2 * MARGIN - 16 * (len(ground) - 1)) / len(ground)


def _bands(count: int, top: float) -> list[str]:
    """A band of colour behind each floor."""
    band = f'<rect x="0" y="{{:.0f}}" width="{WIDTH}" height="{HEIGHT + 32}" fill="#f1efe7"/>'
    return [band.format(top + number * (HEIGHT + GAP) - 16) for number in range(count)]


def _head(height: float, total: int, rooms: Iterable[Room], has_faults: bool) -> str:
    """The frame of the picture with its title and its legend."""
    rule = "A room imports rooms of lower floors only"
    said = f"{rule}: red arrows break that." if has_faults else f"{rule}: every arrow goes down."
    size = f'viewBox="0 0 {WIDTH} {height:.0f}" width="{WIDTH}" height="{height:.0f}"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="Who imports whom" font-family="{_SANS}">'
    counted = f"{sum(one.count for one in rooms)} modules, {total} imports between rooms. {said}"
    legend = "A number at an arrow counts imports; arrows to one room flow together."
    more = "▲ counts imports by the two rooms at the top, ▼ imports of the four at the ground."
    return "\n".join(
        [
            svg,
            f'<rect width="{WIDTH}" height="{height:.0f}" fill="{PAPER}"/>',
            _text(MARGIN, 42, "gongkai 公开: who imports whom", 25, INK, bold=True),
            _text(MARGIN, 69, counted, 14, FAINT),
            _text(MARGIN, height - 24, f"{legend} {more}", 13, FAINT),
        ]
    )


def _text(x: float, y: float, text: str, size: float, colour: str, *, bold: bool = False, more: str = "") -> str:
    weight = ' font-weight="700"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{colour}"{weight}{more}>{escape(text)}</text>'


def _box(one: Room, x: float, y: float, width: float, height: float, colour: str, foot: str) -> str:
    left, right = x - width / 2, x + width / 2
    title = one.name.removeprefix("pipelines.")
    kind = f"{one.count} modules" if one.count > 1 else "1 module"
    lines = textwrap.wrap(one.says, int((width - 26) / 6.1), max_lines=3 if height > SLAB else 1, placeholder=" …")
    start = y + 38
    return "\n".join(
        [
            f'<rect x="{left:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height}" rx="7" fill="#fff" stroke="#cfd3d6"/>',
            f'<rect x="{left:.1f}" y="{y:.1f}" width="5" height="{height}" rx="2.5" fill="{colour}"/>',
            _text(left + 16, y + 21, title, 15, INK, bold=True, more=f' font-family="{_MONO}"'),
            _text(right - 12, y + 21, kind, 11.5, FAINT, more=' text-anchor="end"'),
            *(_text(left + 16, start + 14 * n, line, 11.5, INK) for n, line in enumerate(lines)),
            *([_text(left + 16, y + height - 9, foot, 10.5, FAINT)] if foot else []),
        ]
    )


def _foot(name: str, found: Imports, roof: Sequence[str], ground: Sequence[str]) -> str:
    """In numbers: what has no arrow. For the top and the ground all that they import, or who imports them."""
    if name in roof:
        own = [n for (one, _), n in found.items() if one == name]
        return f"imports {len(own)} rooms, {sum(own)} times"
    if name in ground:
        own = [n for (_, other), n in found.items() if other == name]
        return f"imported by {len(own)} rooms, {sum(own)} times"
    above = [f"{one.removeprefix('pipelines.')} {found[one, name]}" for one in roof if (one, name) in found]
    below = sum(n for (one, other), n in found.items() if one == name and other in ground)
    said = ["▲ " + ", ".join(above)] if above else []
    return " · ".join([*said, f"▼ ground {below}"] if below else said)


def _streams(rows: Sequence[Sequence[Item]], top: float, colours: Mapping[str, str]) -> list[str]:
    """The arrows: curves between floors, straight through the lanes, a head where they arrive."""
    parts: list[str] = []
    for number, row in enumerate(rows):
        y = top + number * (HEIGHT + GAP)
        for item in row:
            colour = colours[item.target]
            if not item.is_room:
                width = _thick(sum(n for _, n in item.above))
                parts.append(_line(f"M{item.x:.1f} {y - 1:.1f}V{y + HEIGHT + 1:.1f}", colour, width))
            for other, count in sorted(item.below, key=lambda pair: (pair[0].x, pair[0].target)):
                parts.append(_stream(item, other, count, y + HEIGHT, colours[other.target]))
    return parts


def _stream(item: Item, other: Item, count: int, y: float, colour: str) -> str:
    x0 = _port(item, other, item.below) if item.is_room else item.x
    x1 = _port(other, item, other.above) if other.is_room else other.x
    end = y + GAP - (9 if other.is_room else 0)
    half = (y + end) / 2
    path = _line(f"M{x0:.1f} {y:.1f}C{x0:.1f} {half:.1f} {x1:.1f} {half:.1f} {x1:.1f} {end:.1f}", colour, _thick(count))
    more = [f'<path d="M{x1 - 6:.1f} {end - 1:.1f}h12l-6 10z" fill="{colour}"/>'] if other.is_room else []
    if item.is_room:
        more.append(_text(x0 + 4, y + 13, str(count), 10.5, colour, bold=True))
    return "\n".join([path, *more])


def _port(item: Item, other: Item, joined: Sequence[tuple[Item, int]]) -> float:
    """Where at a room's edge the way to another item begins or ends: side by side, in the order of where they lead."""
    listed = sorted((one for one, _ in joined), key=lambda one: (one.x, one.target))
    step = min(34.0, (BOX - 50) / max(1, len(listed) - 1))
    return item.x + (next(n for n, one in enumerate(listed) if one is other) - (len(listed) - 1) / 2) * step


def _thick(count: int) -> float:
    return 1.2 + 0.75 * math.pow(count, 0.6)


def _line(path: str, colour: str, width: float) -> str:
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width:.2f}" stroke-opacity="0.8"/>'


def _faults(listed: Sequence[Sequence[str]], found: Imports, places: Mapping[str, tuple[float, float]]) -> list[str]:
    """Red arrows for imports that do not go to a lower floor."""
    at = {name: number for number, floor in enumerate(listed) for name in floor}
    parts = []
    for one, other in upward(found, at):
        (x0, y0), (x1, y1) = places[one], places[other]
        parts.append(_line(f"M{x0:.1f} {y0:.1f}L{x1:.1f} {y1 + HEIGHT:.1f}", RED, 3 + _thick(found[one, other])))
        parts.append(_text((x0 + x1) / 2 + 8, (y0 + y1 + HEIGHT) / 2, f"{one} → {other}", 13, RED, bold=True))
    return parts


def upward(found: Imports, at: Mapping[str, int]) -> list[tuple[str, str]]:
    """The imports that do not go to a lower floor. `at` is each room's floor, counted from the top."""
    return sorted((one, other) for one, other in found if at[one] >= at[other])


if __name__ == "__main__":
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_text(draw(), encoding="utf-8")
    print(f"drawn: {PICTURE.relative_to(PROJECT)}")
