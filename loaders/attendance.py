"""The lines of an attendance list in, who was there and for which agency out: 勞動部 王小田／李小河.

A line is read where it names a body in front of people: one of the gazetteer's, or words that end as a body's name does and stand apart
(民間協會：林小山). Of it only what is surely a name is read; the rest stays unread.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from loaders import people, rules
from loaders.folding import Text, join
from loaders.header import behind_agency, split_people
from loaders.tables import BAR, cells
from loaders.wording import Wording
from ontology.gazetteer import Gazetteer
from ontology.records import Body, Participation


def read_attendance(lines: Iterable[Text], wording: Wording, gazetteer: Gazetteer) -> Iterator[Participation]:
    """The people of an attendance list; an absence or substitution noted behind a name becomes the participation's note.

    A row without a body, and a line of names below one that names only a body, are of the body named before.
    """
    carried: Body | None = None
    waiting = False
    for line in lines:
        words = cells(line) if BAR in line.text else _apart(line, wording)
        if not words or not line:
            continue
        listed, path = behind_agency(join(words) if BAR not in line.text else words[0], gazetteer)
        if path:
            behind = [listed] if BAR not in line.text else words[1:]
            carried = Body(path)
        elif (named := rules.pattern("person.unlisted-agency").match(line.text)) and (len(words) > 1 or named.end() < len(line)):
            behind = words[1:] if len(words) > 1 and not named["colon"] else [line[named.end() :]]
            carried = None
        elif BAR in line.text and not words[0]:
            behind = words[1:]
        elif waiting and carried is not None:
            behind = words
        else:
            waiting = False
            continue
        yield from _present(behind, words, carried, wording)
        waiting = waiting or (bool(path) and not listed.strip(":"))


def _present(behind: list[Text], words: list[Text], agency: Body | None, wording: Wording) -> Iterator[Participation]:
    """The people named behind a body; 葉部長　鄧添來代 is who stands in for its head, 戴主任　戴謙 the head by the whole name."""
    head = words[-2] if len(words) == 2 and BAR not in join(words).text else None
    chief = rules.pattern("person.chief").search(head.text) if head is not None else None
    if chief and head is not None:
        between = len(behind[0]) - len(words[-1]) - (len(head) - chief.start()) if len(behind) == 1 else 0
        agency = agency if between <= 0 else None  # 某部某管理處: the gazetteer has the ministry, not the body below it
        behind = [words[-1]]
    for run in behind:
        for one in split_people(run.strip(":")):
            noted = rules.pattern("person.substitute").search(one.text)
            divided = people.divide(one[: noted.start()] if noted else one)
            if divided and divided[0] and not rules.pattern("person.nobody").match(divided[0].text):
                name, office = divided
                title = office.text or (chief["office"] if chief and not noted and name.text[:1] == chief["surname"] else "")
                yield Participation("attendee", name.text, title, one.passage(wording), agency, noted[0].strip("()") if noted else "")


def _apart(line: Text, wording: Wording) -> list[Text]:
    """A line's words as they stand apart in the source, where white space was taken out."""
    if not line:
        return []
    gaps = [
        place
        for place, (before, this) in enumerate(pairwise(line.offsets), 1)
        if this - before > 1 and any(character.isspace() for character in wording.text[before + 1 : this])
    ]
    return [line[start:end] for start, end in pairwise([0, *gaps, len(line)])]
