"""The lines of an attendance list in, who was there and for which agency out: 勞動部 王小田／李小河.

A line is read where it names a body in front of people: one of the gazetteer's, or words that end as a body's name does and stand apart
(民間協會：林小山). Of any other line those are read that begin with a surname and hold an office (某學院-林小山院長). Only what is surely
a name is read; the rest stays unread. Who was on leave, or had somebody else come (林小山院長（石小河主任代）), is absent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from loaders import people, rules
from loaders.folding import Text, join
from loaders.header import apart, behind_agency, split_people
from loaders.tables import BAR, cells
from loaders.wording import Wording
from ontology.gazetteer import Gazetteer
from ontology.records import Body, Participation, Role


def read_attendance(lines: Iterable[Text], wording: Wording, gazetteer: Gazetteer) -> Iterator[Participation]:
    """The people of an attendance list; an absence or substitution noted behind a name becomes the participation's note.

    A row without a body, and a line of names below one that names only a body, are of the body named before.
    """
    return _List(wording, gazetteer).read(lines)


def read_absence(lines: Iterable[Text], wording: Wording, gazetteer: Gazetteer) -> Iterator[Participation]:
    """The people of a line that says who did not come (請假委員:…): each that begins with a common surname."""
    entries = _List(wording, gazetteer)
    for person in (person for line in lines for one in split_people(line) for person in entries.entry(one, None)):
        if rules.pattern("person.surname").match(person.name):
            yield replace(person, role="absent")


class _List:
    """Reads one list; what a line says depends on the body that a line before it named."""

    def __init__(self, wording: Wording, gazetteer: Gazetteer) -> None:
        self._wording = wording
        self._gazetteer = gazetteer

    def read(self, lines: Iterable[Text]) -> Iterator[Participation]:
        carried: Body | None = None
        waiting = False
        for line in lines:
            words = cells(line) if BAR in line.text else apart(line, self._wording)
            if not words or not line:
                continue
            listed, path = behind_agency(join(words) if BAR not in line.text else words[0], self._gazetteer)
            if path:
                behind = self._behind(listed, words) if BAR not in line.text else words[1:]
                carried, waiting = Body(path), BAR not in line.text and not listed.strip(":")
            elif (named := rules.pattern("person.unlisted-agency").match(line.text)) and (len(words) > 1 or named.end() < len(line)):
                behind = words[1:] if len(words) > 1 and not named["colon"] else [line[named.end() :]]
                carried, waiting = None, False
            elif BAR in line.text and (not words[0] or len(words) == 1):
                behind = words[1:] or words
            elif waiting and carried is not None:
                behind = words
            else:
                waiting = False
                yield from self._officials(line)
                continue
            yield from self._present(behind, words, carried)

    def _behind(self, listed: Text, words: list[Text]) -> list[Text]:
        """The words behind a body: each a person's where spaces set whole people apart (某部 林次長大方 石專員小安), else one run."""
        people_apart = [word for word in words if word.offsets[0] >= listed.offsets[0]] if listed else []
        whole = len(people_apart) > 1 and all(self._person(word) for word in people_apart)
        return people_apart if whole else [listed]

    def _present(self, behind: list[Text], words: list[Text], agency: Body | None) -> Iterator[Participation]:
        """The people named behind a body; 葉部長　鄧添來代 is who stands in for its head, 戴主任　戴謙 the head by the whole name."""
        head = words[-2] if len(words) == 2 and BAR not in join(words).text else None
        chief = rules.pattern("person.chief").search(head.text) if head is not None else None
        if chief and head is not None:
            between = len(behind[0]) - len(words[-1]) - (len(head) - chief.start()) if len(behind) == 1 else 0
            agency = agency if between <= 0 else None  # 某部某管理處: the gazetteer has the ministry, not the body below it
            behind = [words[-1]]
        for run in behind:
            for one in split_people(run.strip(":")):
                for person in self.entry(one, agency):
                    own = chief and not person.note and not person.title and person.name[:1] == chief["surname"]
                    yield replace(person, title=chief["office"]) if chief and own else person

    def _officials(self, line: Text) -> Iterator[Participation]:
        """Those of a line without a body in front who have a common surname and an office."""
        for one in split_people(line):
            for person in self.entry(one, None):
                if person.title and rules.pattern("person.surname").match(person.name):
                    yield person

    def entry(self, one: Text, agency: Body | None) -> Iterator[Participation]:
        """Who one entry names, perhaps behind a unit of their own (某學院-林小山院長): the one listed, and who came instead."""
        if unit := rules.pattern("person.unit").match(one.text):
            _, path = behind_agency(one[: unit.end() - 1], self._gazetteer)
            one, agency = one[unit.end() :], Body(path) if path else None
        if (by := rules.pattern("person.replaced").search(one.text)) and (instead := self._person(one[by.start("by") : by.end("by")])):
            if listed := self._person(one[: by.start()]):
                yield self._participation("absent", listed, one[: by.start()], agency, one.text[by.start("by") : by.end("note")])
            yield self._participation("attendee", instead, one[by.start("by") : by.end("by")], agency, by["note"])
            return
        noted = rules.pattern("person.substitute").search(one.text)
        if person := self._person(one[: noted.start()] if noted else one):
            note = noted[0].strip("()") if noted else ""
            yield self._participation("absent" if rules.pattern("person.absent").match(note) else "attendee", person, one, agency, note)

    def _person(self, words: Text) -> tuple[str, str] | None:
        divided = people.divide(words)
        if not divided or not divided[0] or rules.pattern("person.nobody").match(divided[0].text):
            return None
        return divided[0].text, divided[1].text

    def _participation(self, role: Role, person: tuple[str, str], words: Text, agency: Body | None, note: str) -> Participation:
        return Participation(role, person[0], person[1], words.passage(self._wording), agency, note)
