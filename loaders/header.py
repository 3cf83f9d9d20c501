"""A meeting's title and labelled lines in, its header out: what, when, where, who chairs and records, which earlier minutes it confirms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from loaders import dates, people, rules
from loaders.agenda import Agenda, MeetingText
from loaders.directives import tidy
from loaders.folding import Text
from loaders.wording import Wording
from ontology.gazetteer import Gazetteer
from ontology.records import Body, HeaderField, Meeting, Mode, Participation, Passage, Role


@dataclass(frozen=True, slots=True)
class Header:
    """What the top of a meeting's minutes states, and where."""

    meeting: Meeting
    fields: tuple[HeaderField, ...]
    people: tuple[Participation, ...]


_LONGEST_AGENCY = 24
_NOTHING = Meeting(title="", platform="", group="", year=None, ordinal=None, date="")


class _HeaderReader:
    """Reads one meeting's header; each ``_take_…`` fills in what one line states."""

    def __init__(self, part: MeetingText, wording: Wording, gazetteer: Gazetteer) -> None:
        self._part = part
        self._wording = wording
        self._gazetteer = gazetteer
        self.meeting = _NOTHING
        self.fields: list[HeaderField] = []
        self.people: list[Participation] = []

    def read(self) -> Header:
        if self._part.title:
            self._take_title(self._part.title)
        adjourned = False
        for place, (label, text) in enumerate(self._part.header):
            if label == "time":
                near = [one for one, _ in self._part.header[max(0, place - 2) : place + 2]]
                self._take_time(text, apart=near.count("time") > 1)
            elif label == "venue" and not self.meeting.venue and text:
                self._take_venue(text)
            elif label in ("chair", "recorder"):
                self._take_people("chair" if label == "chair" else "recorder", text)
            elif label == "adjourn" and not adjourned:  # 時間:10:30~12:00 is what was planned, 散會:12時15分 when it ended
                adjourned = self._take_end(text)
        for point in self._part.agenda:
            if point.nature == "review":
                self._take_review(point)
        return Header(self.meeting, tuple(self.fields), tuple(self.people))

    def _note(self, field: str, passage: Passage) -> None:
        self.fields.append(HeaderField(field, passage))

    def _take_title(self, title: Text) -> None:
        words = title.compact()
        text = words.text
        platform = rules.pattern("title.platform").search(text)
        group = rules.pattern("title.quoted-group").search(text)
        for run in (text[platform.end() :], text[: platform.start()]) if platform and not group else ():
            group = group or rules.pattern("title.plain-group").search(run)
        year = rules.pattern("title.year").search(text)
        ordinals = list(rules.pattern("title.ordinal").finditer(text))
        city = next((city for city, names in self._gazetteer.cities.items() if any(text.startswith(n) for n in names if len(n) > 2)), "")
        passage = title.passage(self._wording)
        self.meeting = replace(
            self.meeting,
            title=tidy_line(title.words(self._wording)),
            platform=platform["platform"] if platform else "",
            group=group["group"] if group else _body_of(text),
            year=dates.year(year["year"] or year["minguo"]) if year else None,
            ordinal=dates.number(ordinals[-1]["ordinal"]) if ordinals else None,
            host="" if platform else city,
            among=() if platform else self._cities_in(text),
        )
        self._note("title", passage)

    def _take_time(self, text: Text, *, apart: bool) -> None:
        """The day and the hours; ``apart`` where two lines tell them (日期:… 時間:…)."""
        date = dates.find_date(text.text)
        if date and not self.meeting.date:
            self.meeting = replace(self.meeting, date=date[0])
            self._note("date", text.passage(self._wording, date[1], date[2]))
            self._take_hours(text[date[2] :])
        elif date is None and apart:
            self._take_hours(text)

    def _take_hours(self, text: Text) -> None:
        """When it began and, where a range is given, was to end: of several sittings (9時至12時、下午2時至4時) the last one's end."""
        times = dates.find_times(text.text)
        if not times or self.meeting.start:
            return
        self.meeting = replace(self.meeting, start=times[0][0])
        self._note("start", text.passage(self._wording, times[0][1], times[0][2]))
        last = 0
        for at, joint in enumerate(("[至~到–—-]", "[、,及和;]", "[至~到–—-]")[: len(times) - 1]):
            if not re.search(joint, text.text[times[at][2] : times[at + 1][1]]):
                break
            last = at + 1
        if last in (1, 3):
            self.meeting = replace(self.meeting, end=times[last][0])
            self._note("end", text.passage(self._wording, times[last][1], times[last][2]))

    def _take_end(self, text: Text) -> bool:
        times = dates.find_times(text.text)
        if not times:
            return False
        end, first, last = times[0]
        start = self.meeting.start
        if start and end < start and not text.text[first:last].startswith(("上", "早")) and int(end[:2]) + 12 < 24:
            end = f"{int(end[:2]) + 12:02}{end[2:]}"
        self.meeting = replace(self.meeting, end=end)
        self.fields = [field for field in self.fields if field.field != "end"]
        self._note("end", text.passage(self._wording, first, last))
        return True

    def _take_venue(self, text: Text) -> None:
        passage = text.passage(self._wording)
        words = text.text
        mode: Mode = "video" if rules.pattern("venue.video").search(words) else "in-person"
        host = self._city_in(words)
        self.meeting = replace(self.meeting, venue=tidy_line(text.words(self._wording)), mode=mode, host=host or self.meeting.host)
        self._note("venue", passage)

    def _city_in(self, words: str) -> str:
        """The city whose government or building a venue names first."""
        named = [
            (words.find(name), city) for city, names in self._gazetteer.cities.items() for name in names if name in words and len(name) > 1
        ]
        return min(named, key=lambda pair: (pair[0], -len(pair[1])))[1] if named else ""

    def _cities_in(self, words: str) -> tuple[str, ...]:
        """The cities that a title names, sorted."""
        return tuple(
            sorted({city for city, names in self._gazetteer.cities.items() if any(name in words for name in names if len(name) > 1)})
        )

    def _take_people(self, role: Role, text: Text) -> None:
        if "," in text.text and (told := re.search(r"\([^()]*\)$", text.text)):  # (主任委員公出,由副主任委員代理)
            text = text[: told.start()]
        for words in (one for run in split_people(text) for one in self._each(run)):
            behind, path = behind_agency(words, self._gazetteer)
            if by := rules.pattern("person.replaced").search(behind.text):  # 王市長大明(李副市長小華代理): who chaired is 李小華
                behind = words = behind[by.start("by") : by.end("by")]
            divided = people.divide(behind)
            if divided and rules.pattern("person.nobody").match(divided[0].text):  # 紀錄:如附件
                continue
            if divided and not any((one.role, one.name) == (role, divided[0].text) for one in self.people):
                name, office = divided
                agency = Body(path) if path else None
                self.people.append(Participation(role, name.text, office.text, words.passage(self._wording), agency))

    def _each(self, run: Text) -> list[Text]:
        """The people of a run that are only set apart by spaces (葛小芸　鮑小平), where it is no one person's words."""
        if people.divide(behind_agency(run, self._gazetteer)[0]) is not None:
            return [run]
        words = apart(run, self._wording)
        return words if len(words) > 1 and all(people.divide(one) for one in words) else [run]

    def _take_review(self, point: Agenda) -> None:
        outcome = point.rulings[0].whole if point.rulings else None
        texts = [text for text in (point.title, *point.other, point.heading) if text]
        for text in texts:
            found = rules.pattern("review.named").search(text.text)
            ordinal = dates.number(found["ordinal"]) if found else None
            if not found or ordinal is None or self.meeting.reviewed:
                continue
            year = dates.year(found["year"]) if found["year"] else self.meeting.year
            self.meeting = replace(self.meeting, reviewed=f"{year}-{ordinal}" if year else "")
            self._note("reviewed", text.passage(self._wording, found.start(), found.end()))
        if outcome and not self.meeting.review_outcome:
            passage = outcome.passage(self._wording)
            self.meeting = replace(self.meeting, review_outcome=tidy(outcome.words(self._wording)).rstrip("。"))
            self._note("review-outcome", passage)


def read_header(part: MeetingText, wording: Wording, gazetteer: Gazetteer) -> Header:
    """The header of one meeting's part of a document; what it does not state stays empty."""
    return _HeaderReader(part, wording, gazetteer).read()


def _body_of(title: str) -> str:
    """The committee or group that a title without a platform is of, as far as the title says."""
    found = rules.pattern("title.body").search(title)
    return found["body"] if found else ""


def split_people(text: Text) -> Iterator[Text]:
    start = 0
    for found in re.finditer("[、/,;]+", text.text):
        if found.start() > start:
            yield text[start : found.start()]
        start = found.end()
    if start < len(text):
        yield text[start:]


def apart(line: Text, wording: Wording) -> list[Text]:
    """A line's words as they stand apart in the source, where white space was taken out."""
    if not line:
        return []
    gaps = [
        place
        for place, (before, this) in enumerate(pairwise(line.offsets), 1)
        if this - before > 1 and any(character.isspace() for character in wording.text[before + 1 : this])
    ]
    return [line[start:end] for start, end in pairwise([0, *gaps, len(line)])]


def behind_agency(words: Text, gazetteer: Gazetteer) -> tuple[Text, str]:
    """A person's words without the agency in front of them (某局王局長大同), and that agency's path, or an empty one."""
    listed = _listed(gazetteer)
    for end in range(min(len(words), _LONGEST_AGENCY), 2, -1):
        if path := listed.get(words.text[:end]):
            kind = "mention.unit" if path.endswith("政府") else "" if "/" in path else "mention.unit-of-centre"
            unit = rules.pattern(kind).match(words.text[end:]) if kind else None
            if unit is None:
                return words[end:], path
            return words[end + unit.end() :], "/".join((path, *(filter(None, unit.groups() or (unit[0],)))))
    return words, ""


@cache
def _listed(gazetteer: Gazetteer) -> dict[str, str]:
    return dict(gazetteer.surfaces())


def tidy_line(words: str) -> str:
    """Words of the source on one line, spaces kept.

    >>> tidy_line("2023 雙北合作\\n會議紀錄 ")
    '2023 雙北合作 會議紀錄'
    """
    return " ".join(words.split())
