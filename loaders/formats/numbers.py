"""The number of a list item in, the words a word processor puts in front of it out: 一、 壹、 (3) b."""

from __future__ import annotations

from typing import Final

_DIGITS: Final = "〇一二三四五六七八九"
_FORMAL: Final = "零壹貳參肆伍陸柒捌玖"
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN: Final = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
CHINESE: Final = frozenset(
    ("taiwaneseCountingThousand", "taiwaneseCounting", "chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting")
)
FORMAL: Final = frozenset(("ideographLegalTraditional", "chineseLegalSimplified", "japaneseLegal"))


def write_number(value: int, form: str) -> str:
    """A number in the form that WordprocessingML names, or the first numbers of OpenDocument's and CSS's forms; digits where unknown.

    >>> [write_number(12, form) for form in ("taiwaneseCountingThousand", "ideographLegalTraditional", "lowerLetter", "upperRoman", "?")]
    ['十二', '壹拾貳', 'l', 'XII', '12']
    >>> write_number(3, "ideographTraditional"), write_number(2, "decimalFullWidth"), write_number(10, "一, 二, 三, ...")
    ('丙', '２', '十')
    """
    if form in CHINESE or form.startswith(("一", "cjk-ideographic", "trad-chinese", "simp-chinese")):
        return _counted(value, _DIGITS, "十", leave_one=True)
    if form in FORMAL or form.startswith(("壹", "cjk-heavenly-formal")):
        return _counted(value, _FORMAL, "拾", leave_one=value == 10)
    if form in ("ideographTraditional", "cjk-heavenly-stem") or form.startswith("甲"):
        return _STEMS[(value - 1) % len(_STEMS)]
    if form in ("ideographZodiac", "cjk-earthly-branch") or form.startswith("子"):
        return _BRANCHES[(value - 1) % len(_BRANCHES)]
    if form in ("lowerLetter", "upperLetter", "a", "A"):
        letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter if form in ("lowerLetter", "a") else letter.upper()
    if form in ("lowerRoman", "upperRoman", "i", "I"):
        return _roman(value) if form in ("lowerRoman", "i") else _roman(value).upper()
    if form in ("decimalFullWidth", "decimalFullWidth2") or form.startswith("１"):
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(value))
    return str(value)


def _counted(value: int, digits: str, ten: str, *, leave_one: bool) -> str:
    """A number below a hundred in Chinese; above, digit by digit."""
    if not 0 < value < 100:
        return "".join(digits[int(digit)] for digit in str(value))
    tens, ones = divmod(value, 10)
    front = "" if tens == 0 else ten if tens == 1 and leave_one else digits[tens] + ten
    return front + (digits[ones] if ones else "")


def _roman(value: int) -> str:
    written = ""
    for size, words in _ROMAN:
        while value >= size:
            written, value = written + words, value - size
    return written
