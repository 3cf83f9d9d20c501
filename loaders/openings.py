"""A document's folded text in, the lines of each meeting with their title out: a meeting begins at a title, or at a time of its own."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise

from loaders import dates, rules
from loaders.folding import EMPTY, Text, join
from loaders.paragraphs import BULLETS, HEADER_LABELS, find_label, find_marker, is_title

_CUT = ("會議", "會議紀", "會議記", "會")
_REST = ("紀錄", "記錄", "錄", "議紀錄", "議記錄")


def cut(text: Text) -> Iterator[tuple[Text, Text, list[Text]]]:
    """Title, whole run of text, and lines of each meeting; the title is empty where there is none."""
    lines = text.lines()
    titles = [i for i, line in enumerate(lines) if is_title(line) or _rest_of_title(lines, i)]
    starts = [i for n, i in enumerate(titles) if n == 0 or _has_content(lines[titles[n - 1] + 1 : i])]
    if not starts:
        starts = [0]
    elif not _has_content(lines[: starts[0]]) or _is_header(lines[: starts[0]]):
        starts[0] = 0
    else:
        starts.insert(0, 0)
    for start, end in pairwise([*starts, len(lines)]):
        titled = lines[start:end]
        first_title = next((place for place in titles if start <= place < end), None)
        title = EMPTY if first_title is None else _whole_title(titled, first_title - start)
        for first, last in pairwise([0, *_begun_again(titled), len(titled)]):
            whole = _span(text, titled[first:last])
            if whole.text.strip():
                yield title, whole, titled[first:last]


def _begun_again(lines: list[Text]) -> list[int]:
    """Where below one title a further meeting begins: (第二次工作會議時間:2021/12/9), on another day, behind something numbered or ruled.

    A header that is repeated by mistake has the same date, and the next meeting's date stands behind a label of its own (下次會議時間).
    """
    found: list[int] = []
    day, since = "", 0
    for place, line in enumerate(lines):
        if "時" not in line.text and "日" not in line.text:
            continue
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


def _whole_title(lines: list[Text], place: int) -> Text:
    """The title on a line, with the rest of it on the next, or with the line before where that is its first half.

    It is where this one says no more than 會議紀錄, or that one names a session or a body (某市議會第2屆第1次臨時會⏎程序委員會會議紀錄).
    """
    title = lines[place].strip(BULLETS)
    if rest := _rest_of_title(lines, place):
        return join((title, rest))
    above = lines[place - 1].strip(BULLETS) if place else EMPTY
    bare = len(title.compact().text.split("(")[0]) <= len("會議紀錄")
    if above and (bare or rules.pattern("title.above").match(above.compact().text)):
        return join((above, title))
    return title


def _rest_of_title(lines: list[Text], place: int) -> Text:
    """The end of a title that a wrap cut within 會議紀錄, which stands below; empty for any other line."""
    if not lines[place].text.rstrip().endswith(_CUT):
        return EMPTY
    below = next((line.strip() for line in lines[place + 1 : place + 3] if line.text.strip()), EMPTY)
    whole = join((lines[place].strip(), below))
    return below if below.text in _REST and is_title(whole) else EMPTY


def _has_content(lines: list[Text]) -> bool:
    """Whether lines hold a label or a numbered line, and so more than a letterhead."""
    return any(find_label(words := line.compact().text.strip(BULLETS))[0] or find_marker(words)[0] for line in lines)


def _is_header(lines: list[Text]) -> bool:
    """Whether all lines are labelled ones of a header, whose title then comes behind them."""
    held = [line.compact().text.strip(BULLETS) for line in lines if line.text.strip()]
    return all(find_label(words[find_marker(words)[2] :])[0] in HEADER_LABELS for words in held)


def _span(text: Text, lines: list[Text]) -> Text:
    """The run of ``text`` from the first to the last of the lines that hold something."""
    held = [line for line in lines if line.text.strip()]
    if not held:
        return EMPTY
    return text[bisect_left(text.offsets, held[0].offsets[0]) : bisect_right(text.offsets, held[-1].offsets[-1])]
