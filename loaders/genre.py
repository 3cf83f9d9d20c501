"""A document's parts in, whether they are minutes at all out: a verbatim transcript, or any other text, is none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from loaders import rules
from loaders.agenda import MeetingText

NOT_MINUTES: Final = ("not-minutes", "no title, header or ruling of minutes found; leave this file out")
TRANSCRIPT: Final = ("transcript", "a verbatim transcript, not minutes; leave this file out and give the minutes of that meeting")
_FEWEST_TURNS: Final = 6


def is_minutes(part: MeetingText) -> bool:
    """Whether a text has what minutes have: a title or a labelled header, or at least one ruling or report."""
    headed = bool(part.title) or len({label for label, _ in part.header}) >= 2
    return headed or any(point.rulings or point.recited or point.reports for point in part.agenda)


def is_transcript(parts: Sequence[MeetingText]) -> bool:
    """Whether a document calls itself a transcript, or is for the greater part people speaking in turn, with no ruling."""
    first = [paragraph.whole.text for part in parts[:1] for paragraph in part.paragraphs[:3]]
    if any(rules.pattern("transcript.title").match(words) for words in first):
        return True
    if any(point.rulings or point.recited for part in parts for point in part.agenda):
        return False
    spoken = [bool(rules.pattern("transcript.speaker").match(p.whole.text)) for part in parts for p in part.paragraphs if not p.label]
    return sum(spoken) >= _FEWEST_TURNS and 2 * sum(spoken) > len(spoken)
