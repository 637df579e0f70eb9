"""The style rules of a page's own `<style>` elements that decide what is seen: which elements a declaration holds for.

A browser applies every rule; a reader of reports needs those few that hide, strike or raise text. They are found by their
declarations, and only their selectors are asked of the tree. Styles in files beside the page are not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

#: A page has few rules that hide; beyond this the rest is not looked at.
MOST_RULES = 400
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_AT_BLOCK = re.compile(r"@(?:media|supports|keyframes|-webkit-keyframes|page|font-face|layer|container)\b([^{;]*)\{")
#: Conditions of `@media` that hold for whoever reads the page on a screen.
_ALWAYS = re.compile(r"^\s*(?:all|(?:only\s+)?screen)?\s*$", re.IGNORECASE)
_STATE = re.compile(
    r":{1,2}(?:hover|focus|active|visited|before|after|link|target|checked|first-l|selection|-|placeholder)"
)
_ID, _CLASS, _TAG = (
    re.compile(r"#[\w-]+"),
    re.compile(r"\.[\w-]+|\[[^\]]*\]|:(?!:)[\w-]+"),
    re.compile(r"(?:^|[\s>+~])[a-zA-Z][\w-]*"),
)

Specificity = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Rule:
    """One selector and its declarations, in lower case. `rank` orders rules as the cascade does: the greater wins."""

    selector: str
    declarations: str
    rank: tuple[bool, Specificity, int]


def rules(sheets: Sequence[str], wanted: re.Pattern[str]) -> list[Rule]:
    """The rules whose declarations `wanted` finds something in, in the order of the cascade, the weakest first."""
    found: list[Rule] = []
    for place, (selectors, declarations) in enumerate(_plain_rules(sheets)):
        if wanted.search(declarations):
            found += [
                Rule(selector, declarations, ("!important" in declarations, _specificity(selector), place))
                for selector in map(str.strip, selectors.split(","))
                if selector and not _STATE.search(selector)
            ]
        if len(found) > MOST_RULES:
            break
    return sorted(found, key=lambda rule: rule.rank)


def matching(tree: LexborHTMLParser, rule: Rule) -> list[LexborNode]:
    """The elements that a rule holds for; none where the selector is one that the parser does not know."""
    try:
        return list(tree.css(rule.selector))
    except SelectolaxError:
        return []


def holds(node: LexborNode, rule: Rule) -> bool:
    """Tell whether a rule holds for an element."""
    try:
        return bool(node.css_matches(rule.selector))
    except SelectolaxError:
        return False


def _plain_rules(sheets: Sequence[str]) -> Iterator[tuple[str, str]]:
    for sheet in sheets:
        for match in _RULE.finditer(_without_conditions(_COMMENT.sub(" ", sheet))):
            yield match[1].rsplit(";", 1)[-1], match[2].lower()


def _without_conditions(sheet: str) -> str:
    """A sheet without the blocks that hold for print, for narrow screens or for no element at all."""
    parts: list[str] = []
    start = 0
    while match := _AT_BLOCK.search(sheet, start):
        end = _end_of_block(sheet, match.end())
        always = match[0].startswith("@media") and _ALWAYS.match(match[1])
        parts += [sheet[start : match.start()], sheet[match.end() : end - 1] if always else " "]
        start = end
    return "".join((*parts, sheet[start:]))


def _end_of_block(sheet: str, start: int) -> int:
    depth = 1
    for match in re.finditer(r"[{}]", sheet[start:]):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return start + match.end()
    return len(sheet)


def _specificity(selector: str) -> Specificity:
    return len(_ID.findall(selector)), len(_CLASS.findall(selector)), len(_TAG.findall(selector))
