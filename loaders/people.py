"""A person's words in, name and office out: 黃專門委員詩芳, 丁雅君參議代理主任秘書, 主任委員許添財, 賴議長美惠."""

from __future__ import annotations

from loaders import rules
from loaders.folding import Text

_COMPOUND_SURNAMES = ("歐陽", "司馬", "上官", "諸葛", "司徒", "皇甫", "尉遲", "公孫", "張簡", "范姜", "端木", "東方", "呼延", "夏侯")


def divide(words: Text) -> tuple[Text, Text] | None:
    """Name (surname first, joined) and office of one person's words, without white space; None where no name can be told.

    Handles surname-office-given name, name-office, office-name, and a bare name of two to four characters.

    >>> from loaders.folding import fold
    >>> [part.text for part in divide(fold("黃專門委員詩芳"))], [part.text for part in divide(fold("丁雅君參議代理主任秘書"))]
    (['黃詩芳', '專門委員'], ['丁雅君', '參議代理主任秘書'])
    """
    from loaders.folding import EMPTY, join

    words = words.compact().strip(":,、.()-*")
    found = rules.pattern("person.office").search(words.text)
    if found is None and (unlisted := rules.pattern("person.unlisted-office").match(words.text)):
        return join((words[:1], words[unlisted.start("given") :])), words[1 : unlisted.start("given")]
    if found is None and (unlisted := rules.pattern("person.unlisted-office-first").match(words.text)):
        return words[unlisted.start("name") :], words[: unlisted.start("name")]
    if found is None or (found.start() == 0 and words.text[-1:].isascii() and _is_name(words.text)):  # 委員A
        return (words, EMPTY) if _is_name(words.text) else None
    before, office, after = words[: found.start()], words[found.start() : found.end()], words[found.end() :]
    if after and (len(before) == 1 or before.text in _COMPOUND_SURNAMES) and _is_given(after.text):
        return join((before, after)), office
    if not after and _is_name(before.text):
        return before, office
    if not before and _is_name(after.text):
        return after, office
    return None


def _is_name(words: str) -> bool:
    return rules.pattern("person.name").fullmatch(words) is not None


def _is_given(words: str) -> bool:
    return rules.pattern("person.given-name").fullmatch(words) is not None
