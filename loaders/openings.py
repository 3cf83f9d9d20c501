"""The lines below one title in, where a further meeting begins out, for several meetings are kept in one file under one title."""

from __future__ import annotations

from loaders import dates, rules
from loaders.folding import Text
from loaders.paragraphs import BULLETS, HEADER_LABELS, find_label, find_marker


def begun_again(lines: list[Text]) -> list[int]:
    """Where below one title a further meeting begins: (第二次工作會議時間:2021/12/9), on another day, behind something numbered or ruled.

    A header that is repeated by mistake has the same date, and the next meeting's date stands behind a label of its own (下次會議時間).
    """
    found: list[int] = []
    day, since = "", 0
    for place, line in enumerate(lines):
        words = line.compact().text.strip(BULLETS)
        label, start = find_label(words[find_marker(words)[2] :])
        if label != "time" or (date := dates.find_date(words)) is None:
            continue
        ordinal = rules.pattern("title.ordinal").search(words[: start + find_marker(words)[2]])
        headed = any(find_label(_behind_marker(near))[0] in HEADER_LABELS for near in lines[place + 1 : place + 4])
        if day and date[0] != day and (ordinal or headed) and _has_ruling(lines[since + 1 : place]):
            found.append(place)
        day, since = date[0], place
    return found


def _behind_marker(line: Text) -> str:
    words = line.compact().text.strip(BULLETS)
    return words[find_marker(words)[2] :]


def _has_ruling(lines: list[Text]) -> bool:
    return any(find_label(_behind_marker(line))[0] == "ruling" for line in lines)
