"""Fields and controls of a Word form → the text that they show.

Belongs here: content controls, form fields of old, and fields that were never calculated. A list with nothing chosen
shows a prompt, which is no value: `apart.UNFILLED` stands there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from pipelines.read.apart import UNFILLED
from pipelines.read.docx_styles import OFF, of
from pipelines.read.numbering import VAL, W

_TEXT = f"{W}t"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
#: A prompt (单击或点击此处输入文字。) is shorter than this.
_LONGEST_PROMPT = 100
#: Controls that hold a value.
_VALUES = (f"{W}dropDownList", f"{W}comboBox", f"{W}date", f"{W}text", f"{_W14}checkbox")
#: What a control shows besides plain text.
_OTHER = (f"{W}sym", f"{W}drawing", f"{W}pict", f"{W}object", f"{W}fldChar", f"{W}tbl")
#: Fields that show what they calculate or fetch.
_CALCULATING = re.compile(
    r"\s*(?:=|(?:EQ|MERGEFIELD|DOCVARIABLE|DOCPROPERTY|REF|QUOTE|IF|LINK|DDE|DDEAUTO|DATABASE|NUMPAGES|FILLIN)\b)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Field:
    """A field that is open: whether it has come to its result, its code, and what a form field shows without one."""

    is_result: bool = False
    code: str = ""
    value: str = ""
    has_text: bool = False

    @property
    def left(self) -> str:
        """Tell what it shows where it has no result."""
        return "" if self.has_text else self.value or (UNFILLED if is_calculating(self.code) else "")


def is_calculating(code: str) -> bool:
    """Tell whether a field of this code shows a value."""
    return bool(_CALCULATING.match(code))


def form_value(mark: Element) -> str:
    """Tell what a form field shows: the chosen entry of a list, a box with or without its tick; "" for other fields."""
    data = mark.find(f"{W}ffData")
    if data is None:
        return ""
    chosen, box = data.find(f"{W}ddList"), data.find(f"{W}checkBox")
    if chosen is not None:
        entries = [entry.get(VAL, "") for entry in chosen.findall(f"{W}listEntry")]
        index = of(chosen, "result") or of(chosen, "default") or "0"
        is_known = index.isdecimal() and len(index) < 5 and int(index) < len(entries)
        return (entries[int(index)].strip() if is_known else "") or UNFILLED
    if box is None:
        return ""
    state = box.find(f"{W}checked")
    state = box.find(f"{W}default") if state is None else state
    return "☑" if state is not None and state.get(VAL) not in OFF else "☐"


def settle(root: Element) -> None:
    """Put `UNFILLED` in place of the prompts and the emptiness of content controls."""
    for control in list(root.iter(f"{W}sdt")):
        properties, content = control.find(f"{W}sdtPr"), control.find(f"{W}sdtContent")
        if properties is None or content is None:
            continue
        texts = list(content.iter(_TEXT))
        length = sum(len(text.text or "") for text in texts)
        if any(next(content.iter(tag), None) is not None for tag in _OTHER):
            continue
        prompt = properties.find(f"{W}showingPlcHdr")
        is_prompt = prompt is not None and prompt.get(VAL) not in OFF and length < _LONGEST_PROMPT
        is_blank = not length and any(properties.find(tag) is not None for tag in _VALUES)
        if is_prompt or is_blank:
            _unfill(content, texts)


def _unfill(content: Element, texts: list[Element]) -> None:
    for text in texts:
        text.text = ""
    if texts:
        texts[0].text = UNFILLED
        return
    place = next((node for node in content.iter() if node.tag == f"{W}p"), None)
    place = content if place is None else place
    if place is not content or content.find(f"{W}tc") is None:
        SubElement(SubElement(place, f"{W}r"), _TEXT).text = UNFILLED
