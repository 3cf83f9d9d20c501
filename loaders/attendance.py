"""The lines of an attendance list in, who was there and for which agency out: 勞動部 王小田／李小河.

Only a line that begins with a known agency is read, and of it only what is surely a name; the rest stays unread.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from loaders import people, rules
from loaders.folding import Text
from loaders.header import behind_agency, split_people
from loaders.wording import Wording
from ontology.gazetteer import Gazetteer
from ontology.records import Body, Participation


def read_attendance(lines: Iterable[Text], wording: Wording, gazetteer: Gazetteer) -> Iterator[Participation]:
    """The people of an attendance list; an absence or substitution noted behind a name becomes the participation's note."""
    for line in lines:
        listed, path = behind_agency(line, gazetteer)
        if not path:
            continue
        for words in split_people(listed.strip(":")):
            noted = rules.pattern("person.substitute").search(words.text)
            divided = people.divide(words[: noted.start()] if noted else words)
            if divided and divided[0]:
                name, office = divided
                note = noted[0].strip("()") if noted else ""
                yield Participation("attendee", name.text, office.text, words.passage(wording), Body(path), note)
