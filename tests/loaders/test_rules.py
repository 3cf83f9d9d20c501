"""Every rule against its own examples and counter-examples."""

from __future__ import annotations

import pytest

from loaders import rules
from loaders.folding import fold_words

EXAMPLES = [(rule, example) for rule in rules.load().rules for example in rule.examples]
COUNTER_EXAMPLES = [(rule, example) for rule in rules.load().rules for example in rule.counter_examples]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=[f"{rule.id}-{example}" for rule, example in EXAMPLES])
def test_example_matches(rule: rules.Rule, example: str) -> None:
    assert rule.pattern.search(fold_words(example)), f"{rule.id} should match {example}: {rule.pattern.pattern}"


@pytest.mark.parametrize(("rule", "example"), COUNTER_EXAMPLES, ids=[f"{rule.id}-{example}" for rule, example in COUNTER_EXAMPLES])
def test_counter_example_does_not_match(rule: rules.Rule, example: str) -> None:
    words = fold_words(example)
    found = rule.pattern.fullmatch(words) if rule.id.startswith("person.") else rule.pattern.search(words)
    assert not found, f"{rule.id} should not match {example}: {found}"


def test_every_rule_has_a_reason_an_example_and_its_own_id() -> None:
    listed = rules.load().rules
    assert len({rule.id for rule in listed}) == len(listed) >= 80
    assert all(rule.reason and rule.examples for rule in listed)
