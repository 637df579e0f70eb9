"""How the harvest behaves is set by the environment; what makes no sense is told all at once."""

from __future__ import annotations

import math
from dataclasses import fields

import pytest

from pipelines.harvest.fetch.policy import PREFIX, Policy, PolicyError, policy
from tests.made.cases import folded


def test_nothing_set_is_the_polite_default() -> None:
    assert policy({}) == Policy()
    assert policy({"PATH": "/bin", "GONGKAI_WORKSPACE": "w"}) == Policy()
    usual = Policy()
    assert (usual.delay_seconds, usual.attempts, usual.allow_loopback, usual.contact) == (2.0, 4, False, "")


def test_every_field_can_be_set() -> None:
    text = {"contact": " a@b.cn ", "allow_loopback": "TRUE"}
    expected = {"contact": "a@b.cn", "allow_loopback": True}
    numbers = [field.name for field in fields(Policy) if field.name not in text]
    found = policy({PREFIX + name.upper(): text.get(name, " 7 ") for name in (*text, *numbers)})
    assert found == Policy(**expected, **dict.fromkeys(numbers, 7))  # type: ignore[arg-type]
    assert isinstance(found.delay_seconds, float) and isinstance(found.attempts, int)
    assert policy({PREFIX + "DELAY_SECONDS": "0.25", PREFIX + "ALLOW_LOOPBACK": "0"}).delay_seconds == 0.25


@folded(
    ("name", "text", "says"),
    [
        ("DELAY_SECONDS", "0", "a number above 0"),
        ("DELAY_SECONDS", "-1", "a number above 0"),
        ("DELAY_SECONDS", "nan", "a number above 0"),
        ("DELAY_SECONDS", "inf", "a number above 0"),
        ("DELAY_SECONDS", "soon", "a number above 0"),
        ("ATTEMPTS", "2.5", "a whole number above 0"),
        ("ATTEMPTS", "0", "a whole number above 0"),
        ("ATTEMPTS", "", "a whole number above 0"),
        ("ALLOW_LOOPBACK", "yes", "1 or 0"),
        ("CONTACT", "a@b.cn\r\nX-Evil: 1", "one line of ASCII"),
        ("CONTACT", "a\0b", "one line of ASCII"),
        ("CONTACT", "某人", "one line of ASCII"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(name: str, text: str, says: str) -> None:
    with pytest.raises(PolicyError, match=f"^{PREFIX}{name}=.*{says}.*is expected"):
        policy({PREFIX + name: text})


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(PolicyError) as raised:
        policy(
            {
                PREFIX + "DELAY_SECONDS": "x",
                PREFIX + "ATTEMPTS": "-3",
                PREFIX + "DELAY": "3",
                PREFIX + "CONTACT": "a@b.cn",
            }
        )
    told = str(raised.value).splitlines()
    assert [line.split(":")[0].split("=")[0] for line in told] == [
        "GONGKAI_HARVEST_DELAY_SECONDS",
        "GONGKAI_HARVEST_ATTEMPTS",
        "GONGKAI_HARVEST_DELAY",
    ]
    assert "there is no such setting" in told[2] and "GONGKAI_HARVEST_DELAY_SECONDS" in told[2]


def test_without_a_contact_nobody_is_asked() -> None:
    with pytest.raises(PolicyError, match=r"GONGKAI_HARVEST_CONTACT=you@example\.org"):
        _ = policy({PREFIX + "CONTACT": "  "}).user_agent
    agent = Policy(contact="https://example.org/about").user_agent
    assert agent.startswith("gongkai/") and agent.endswith("contact: https://example.org/about)")
    assert "tests@localhost" in Policy(allow_loopback=True).user_agent


def test_the_defaults_are_settings_that_could_be_made() -> None:
    numbers = [value for field in fields(Policy) if not isinstance(value := field.default, str | bool)]
    assert all(isinstance(number, int | float) and 0 < number < math.inf for number in numbers)
