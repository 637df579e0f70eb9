"""Tells what a page's markup holds and a person does not see, taken out of the tree before it is read.

Three kinds are told by elements, by `style` and by the page's own style rules: hidden text (`display:none`, `hidden`,
zero size, off the screen, white on white), struck text (`<del>`, line-through), and raised or lowered marks at a number
(`<sup>`, `vertical-align:super`). Examples: `56`~~struck~~`605` is 605, `173<sup>1</sup>` is 173.

A whole table or a long text that is hidden is another matter: a tab, which a script shows. It stays, unless the page
shows the same table with other numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipelines.read import footnotes, html_styles

#: Styles without any of these hide, strike and raise nothing.
_SIGNS = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|line-through|mso-hide|font-size\s*:\s*0|text-indent\s*:\s*-"
    r"|vertical-align\s*:\s*(?:super|sub|text-top|[\d.+-])|opacity\s*:\s*0|clip(?:-path)?\s*:|(?:left|top|right|bottom)\s*:\s*-"
    r"|color\s*:\s*(?:white|#f{3}|rgb|transparent)|(?:width|height)\s*:\s*0|scale\(0"
)
#: Elements that hide, strike or raise what they hold.
_SIGN_TAGS = "del, s, strike, sup, sub, rt, rp, [hidden]"
_DISPLAY = re.compile(r"(?:^|[;\s])display\s*:\s*([\w-]+)")
_VISIBILITY = re.compile(r"(?:^|[;\s])visibility\s*:\s*([\w-]+)")
#: The element keeps its place, but shows nothing.
_BLANK = re.compile(
    r"mso-hide\s*:\s*all|(?:^|[;\s])font-size\s*:\s*0+(?:\.0+)?(?:px|pt|em|rem|%)?\s*(?:!important)?\s*(?:;|$)|(?:^|[;\s])opacity\s*:\s*0+(?:\.0+)?\s*(?:;|!|$)"
    r"|text-indent\s*:\s*-\d{3,}|(?:^|[;\s])clip\s*:\s*rect\(\s*(?:0|1px)|clip-path\s*:\s*(?:inset\((?:50|100)%|circle\(0)|transform\s*:\s*scale\(0\)"
    r"|(?:^|[;\s])color\s*:\s*(?:transparent|rgba\([^)]*,\s*0?\.?0+\s*\))"
)
_AWAY = re.compile(r"(?:^|[;\s])(?:left|top|right|bottom|margin-left|margin-top)\s*:\s*-\d{3,}")
_NO_SIZE = re.compile(r"(?:^|[;\s])(?:max-)?(?:width|height)\s*:\s*0(?:px|pt|em)?\s*(?:;|!|$)")
_CUT = re.compile(r"overflow(?:-[xy])?\s*:\s*hidden")
_WHITE = re.compile(r"(?:^|[;\s])color\s*:\s*(?:white\b|#fff(?:fff)?\b|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\))")
_GROUND = re.compile(r"background")
_WHITE_GROUND = re.compile(
    r"background(?:-color)?\s*:\s*(?:white\b|#fff(?:fff)?\b|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\))"
)
_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through")
_RAISED = re.compile(
    r"vertical-align\s*:\s*(?:super|sub|text-top|[+-]?[1-9][\d.]*(?:px|pt|em|ex|%))|(?:^|[;\s])top\s*:\s*-(?:0?\.)?\d{1,2}(?:\.\d+)?(?:px|pt|em)"
)
_STYLES = re.compile("|".join(p.pattern for p in (_DISPLAY, _VISIBILITY, _BLANK, _AWAY, _NO_SIZE, _STRUCK, _RAISED)))
_STRUCK_TAGS = "del, s, strike"
_RAISED_TAGS = "sup, sub"
_INLINE = frozenset(("a", "b", "em", "font", "i", "ins", "small", "span", "strong", "sub", "sup", "u", "o:p"))
#: A hidden text that is as long as this, or a table of so many rows, is a tab, and no leaving.
LONG_TEXT = 300
TAB_ROWS = 3


def take_out(tree: LexborHTMLParser) -> None:
    """Take out of a page's tree what a person does not see; before the page's own styles are stripped from it."""
    if tree.body is None:
        return
    sheets = [style.text() for style in tree.css("style")]
    has_rules = any(map(_has_signs, sheets))
    styled = [(node, (node.attributes.get("style") or "").lower()) for node in tree.css("[style]")]
    is_styled = any(map(_has_signs, {style for _, style in styled}))
    if not has_rules and not is_styled and tree.css_first(_SIGN_TAGS) is None:
        return
    known = html_styles.rules(sheets, _STYLES) if has_rules else []
    _drop(_without_tabs(tree, _hidden(tree, known, styled)))
    _blank(_without_tabs(tree, _blanked(tree, known, styled)))
    _drop(node for node in _struck(tree, known) if not _is_tab(node))
    for node in _raised(tree, known):
        _settle_raised(node)


@lru_cache(maxsize=4096)
def _has_signs(style: str) -> bool:
    """Tell whether a style, or a sheet of them, may hide or strike. An editor writes the same few, a site the same sheet."""
    return _SIGNS.search(style.lower()) is not None


# --- hidden


def _hidden(
    tree: LexborHTMLParser, known: list[html_styles.Rule], styled: list[tuple[LexborNode, str]]
) -> list[LexborNode]:
    """The elements that have no box at all, the outer ones before those inside."""
    found = {node.mem_id: node for node in _by_rules(tree, known, _DISPLAY, {"none"})}
    for node, style in styled:
        if (said := _DISPLAY.findall(style)) and said[-1] == "none":
            found[node.mem_id] = node
        elif said:
            found.pop(node.mem_id, None)
    for node in tree.css("[hidden], rt, rp"):
        if not _DISPLAY.search((node.attributes.get("style") or "").lower()):
            found[node.mem_id] = node
    return [node for node in found.values() if node.tag not in ("body", "html", "head")]


def _by_rules(
    tree: LexborHTMLParser, known: list[html_styles.Rule], declares: re.Pattern[str], hiding: set[str]
) -> Iterator[LexborNode]:
    """The elements for which the strongest rule about a property hides them."""
    about = [(rule, said[-1]) for rule in known if (said := declares.findall(rule.declarations))]
    hidden: dict[int, tuple[LexborNode, html_styles.Rule]] = {}
    for rule, said in about:
        if said in hiding:
            hidden.update((node.mem_id, (node, rule)) for node in html_styles.matching(tree, rule))
    for node, by in hidden.values():
        stronger = (rule for rule, said in about if said not in hiding and rule.rank > by.rank)
        if not any(html_styles.holds(node, rule) for rule in stronger):
            yield node


def _blanked(
    tree: LexborHTMLParser, known: list[html_styles.Rule], styled: list[tuple[LexborNode, str]]
) -> list[LexborNode]:
    """The elements that keep their place and show nothing."""
    found = {node.mem_id: node for node in _by_rules(tree, known, _VISIBILITY, {"hidden", "collapse"})}
    for rule in known:
        if _shows_nothing(rule.declarations):
            found.update((node.mem_id, node) for node in html_styles.matching(tree, rule))
    for node, style in styled:
        said = _VISIBILITY.findall(style)
        if _shows_nothing(style) or (said and said[-1] in ("hidden", "collapse")) or _is_white(node, style):
            found[node.mem_id] = node
        elif said:
            found.pop(node.mem_id, None)
    return [node for node in found.values() if node.tag not in ("body", "html", "head", "table")]


def _shows_nothing(declarations: str) -> bool:
    if _BLANK.search(declarations):
        return True
    away = _AWAY.search(declarations) and ("absolute" in declarations or "fixed" in declarations)
    return bool(away or (_NO_SIZE.search(declarations) and _CUT.search(declarations)))


def _is_white(node: LexborNode, style: str) -> bool:
    """White letters of a number, where nothing up to the table tells of another ground."""
    if not _WHITE.search(style) or node.tag not in _INLINE:
        return False
    here: LexborNode | None = node
    while here is not None and here.tag not in ("table", "body"):
        attributes = here.attributes
        if _WHITE_GROUND.search((attributes.get("style") or "").lower()):
            return True
        if "bgcolor" in attributes or "class" in attributes or _GROUND.search((attributes.get("style") or "").lower()):
            return False
        here = here.parent
    return here is None or not {"bgcolor", "class", "background"} & here.attributes.keys()


def _without_tabs(tree: LexborHTMLParser, found: Iterable[LexborNode]) -> list[LexborNode]:
    """The hidden elements that are no tab, and the tabs that say again what the page shows."""
    hidden = list(found)
    tabs = [node for node in hidden if _is_tab(node)]
    if not tabs:
        return hidden
    inside = {node.mem_id for tab in tabs for node in tab.css("table")}
    shown = {_wording(table) for table in tree.css("table") if table.mem_id not in inside}
    twins = {tab.mem_id for tab in tabs if (tables := tab.css("table")) and all(_wording(t) in shown for t in tables)}
    kept = {tab.mem_id for tab in tabs} - twins
    return [node for node in hidden if node.mem_id not in kept]


def _is_tab(node: LexborNode) -> bool:
    """Tell whether an element holds so much that it is a part of the report which a script shows."""
    if node.tag in ("td", "th", "tr") or node.tag in _INLINE:
        return len(node.text(strip=True)) >= LONG_TEXT and node.tag in _INLINE
    return len(node.text(strip=True)) >= LONG_TEXT or len(node.css("tr")) >= TAB_ROWS


def _wording(table: LexborNode) -> str:
    return re.sub(r"[\d\s.,，]+", "", table.text())


# --- struck and raised


def _struck(tree: LexborHTMLParser, known: list[html_styles.Rule]) -> list[LexborNode]:
    found = list(tree.css(_STRUCK_TAGS))
    found += [node for node in tree.css("[style]") if _STRUCK.search((node.attributes.get("style") or "").lower())]
    for rule in known:
        if _STRUCK.search(rule.declarations):
            found += html_styles.matching(tree, rule)
    return found


def _raised(tree: LexborHTMLParser, known: list[html_styles.Rule]) -> list[LexborNode]:
    found = {node.mem_id: node for node in tree.css(_RAISED_TAGS)}
    for node in tree.css("[style]"):
        if _RAISED.search((node.attributes.get("style") or "").lower()):
            found[node.mem_id] = node
    for rule in known:
        if _RAISED.search(rule.declarations):
            found.update((node.mem_id, node) for node in html_styles.matching(tree, rule))
    return [node for node in found.values() if node.tag in _INLINE]


def _settle_raised(node: LexborNode) -> None:
    """Take a footnote's mark away from its number; set what else is raised at a number apart from it."""
    text = "".join(node.text().split())
    before, behind = _beside(node)
    is_at_number = footnotes.is_beside_number(before, behind)
    if not text or not is_at_number:
        return
    if footnotes.is_mark(text, before):
        node.decompose()
    else:
        node.insert_before("\n")
        node.insert_after("\n")


def _beside(node: LexborNode) -> tuple[str, str]:
    """The text before and behind an element within its cell or paragraph."""
    around: LexborNode = node
    while around.parent is not None and around.parent.tag in _INLINE:
        around = around.parent
    before, behind = "", ""
    side = around.prev
    while side is not None and len(before) < 20 and side.tag in (*_INLINE, "-text"):
        before, side = side.text() + before, side.prev
    side = around.next
    while side is not None and not behind and side.tag in (*_INLINE, "-text"):
        behind, side = side.text(), side.next
    return before.rstrip(), behind.lstrip()


# --- taking out


def _drop(found: Iterable[LexborNode]) -> None:
    for node in _outermost(found):
        node.decompose()


def _blank(found: Iterable[LexborNode]) -> None:
    """Take out what elements hold, and leave them in their place."""
    for node in _outermost(found):
        for child in list(node.iter(include_text=True)):
            child.decompose()


def _outermost(found: Iterable[LexborNode]) -> list[LexborNode]:
    """The elements that are in no other of them: what is inside goes with it, and must not be touched again."""
    nodes = {node.mem_id: node for node in found}
    return [node for node in nodes.values() if not _is_inside(node, nodes)]


def _is_inside(node: LexborNode, others: dict[int, LexborNode]) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.mem_id in others:
            return True
        parent = parent.parent
    return False
