"""Folded text in, mentions of agencies and governments out: leftmost, longest, each with the rule that read it.

::

    請新北市教育局中教科與資教科 …      本市及臺北市家庭教育中心      兩市文化局
      └──name──┘└unit┘  └list┘       └own┘  └───name + unit──┘     └both┘└unit
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

from loaders import rules
from loaders.folding import Text
from loaders.sides import GOVERNMENT, Sides, proposing_city
from loaders.trie import trie_pattern
from loaders.wording import Wording
from ontology import profiles
from ontology.gazetteer import Agency, Gazetteer, fold_name
from ontology.records import Body, Mention

_COUNCIL = "議會"
_LONGEST_UNIT = 16
UNCLEAR = "mention.unclear"


@dataclass(frozen=True, slots=True)
class Placed:
    """A mention and where it stands in the folded text it was found in."""

    start: int
    end: int
    mention: Mention


@dataclass(frozen=True, slots=True)
class _Found:
    """A mention in folded text before it has a passage."""

    start: int
    end: int
    bodies: tuple[Body, ...]
    rule: str


class Mentions:
    """Finds mentions by a gazetteer; one instance serves any number of documents."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._outright = dict(gazetteer.surfaces()) | {
            name: city + GOVERNMENT for city, names in gazetteer.cities.items() for name in names
        }
        self._outright.pop("中央", None)  # the rule mention.centre tells it from 中央公園
        self._short_cities = {name for names in gazetteer.cities.values() for name in names if name[-1] not in "市縣"}
        self._unit_names = set(self._bare_words())
        self._unit_stems = {name[:-1] for name in self._unit_names if name[-1] in "局處"}  # 文化局 here is 文化處 elsewhere
        self._central = {form: agency.path for agency in gazetteer.agencies if not agency.parent for form in agency.short_forms}
        self._unit_starts = {
            fold_name(form)[0]
            for agency in gazetteer.agencies
            if agency.parent
            for form in (agency.path.rpartition("/")[2], *agency.short_forms, *agency.names)
        }
        self._before: dict[str, list[Agency]] = {}
        for agency in gazetteer.agencies:
            for successor in agency.successors:
                self._before.setdefault(successor, []).append(agency)
        self._scan = re.compile(
            "|".join(
                (
                    f"(?P<own>{rules.pattern('mention.own').pattern})",
                    f"(?P<bureaus>{rules.pattern('mention.both-bureaus').pattern})",
                    f"(?P<both>{rules.pattern('mention.both').pattern})",
                    f"(?P<name>{trie_pattern(self._outright)})",
                    f"(?P<centre>{rules.pattern('mention.centre').pattern})",
                    f"(?P<bare>{trie_pattern(self._unit_names)})",
                )
            )
        )

    def find(
        self, text: Text, wording: Wording, sides: Sides, titles: Sequence[tuple[int, int]] = (), proposer: str = ""
    ) -> tuple[Placed, ...]:
        """The mentions of a text, in order; one whose words could mean several bodies has none, and ``UNCLEAR`` for a rule.

        ``titles`` are the runs of the text that are titles of cases, in order; there 本市 means the side of ``proposer`` (a city) or of
        whom the title itself tells, not the host.
        """
        placed: list[Placed] = []
        start = 0
        for first, last in [*titles, (len(text), len(text))]:
            placed += self._run(text, wording, sides, (start, first), sides.host, title=False)
            own = proposer or proposing_city(text.text[first:last], sides)
            placed += self._run(text, wording, sides, (first, last), own, title=True)
            start = last
        return tuple(placed)

    def _run(self, text: Text, wording: Wording, sides: Sides, run: tuple[int, int], own: str, *, title: bool) -> Iterator[Placed]:
        start, words = run[0], text.text[run[0] : run[1]]
        for found in self._share_heads(list(self._found(words, sides, own, title)), words, sides):
            f = self._in_force(found, sides.on)
            first, last = start + f.start, start + f.end
            yield Placed(
                first, last, Mention(text.passage(wording, first, last), f.bodies, f.rule, title, text.corrected(wording, first, last))
            )

    def _in_force(self, found: _Found, on: str) -> _Found:
        """A mention of a body that did not exist yet on a day, as one of the body that went by the name before, or as unclear.

        國科會 of 2001 is not the 國家科學及技術委員會 of 2022.
        """
        if not on or all(self._existed(body.path, on) for body in found.bodies):
            return found
        before = [path for body in found.bodies for path in self._predecessors(body.path, on)]
        if len(before) == len(found.bodies):
            return _Found(found.start, found.end, tuple(map(Body, before)), "mention.predecessor")
        return _Found(found.start, found.end, (), UNCLEAR)

    def _predecessors(self, path: str, on: str) -> list[str]:
        """The nearest bodies before one, in each line of them, that existed on a day; of an unlisted unit, below those of its body."""
        head, slash, unit = path.rpartition("/")
        if slash and self._gazetteer.agency(path) is None:
            return [f"{found}/{unit}" for found in self._predecessors(head, on)]
        before = [agency.path for agency in self._before.get(path, ())]
        return [found for one in before for found in ([one] if self._existed(one, on) else self._predecessors(one, on))]

    def _existed(self, path: str, on: str) -> bool:
        agency = self._gazetteer.agency(path)
        if agency is None:
            return "/" not in path or self._existed(path.rpartition("/")[0], on)
        return agency.valid_from <= on and (not agency.valid_until or on[: len(agency.valid_until)] <= agency.valid_until)

    def _bare_words(self) -> Iterator[str]:
        """Names that a body goes by within its government: 警局, 資教科."""
        for agency in self._gazetteer.agencies:
            if agency.parent:
                yield from (form for form in (agency.path.rpartition("/")[2], *agency.short_forms) if len(form) > 1)

    def _found(self, words: str, sides: Sides, own: str, title: bool) -> Iterator[_Found]:
        place = 0
        last: _Found | None = None
        while match := self._scan.search(words, place):
            found = self._read(match, words, sides, own, title, last)
            if found:
                yield found
                last = found
            place = max(found.end if found else match.end() if match.lastgroup != "bare" else match.start() + 1, place + 1)

    def _read(self, match: re.Match[str], words: str, sides: Sides, own: str, title: bool, last: _Found | None) -> _Found | None:
        kind = match.lastgroup
        if kind == "name":
            return self._name(match, words)
        if kind == "own":
            return self._own(match, words, sides, own, title)
        if kind == "both":
            return self._both(match, words, sides)
        if kind == "bureaus":
            if len(sides.leads) != len(sides.cities) or not sides.leads:
                return _Found(match.start(), match.end(), (), UNCLEAR)
            bodies = tuple(Body(f"{city}{GOVERNMENT}/{bureau}") for city, bureau in sides.leads)
            return _Found(match.start(), match.end(), bodies, "mention.both-bureaus")
        if kind == "centre":
            return _Found(match.start(), match.end(), (Body("中央政府"),), "mention.centre")
        return self._bare(match, words, sides, last)

    def _name(self, match: re.Match[str], words: str) -> _Found | None:
        """A body named outright, and the unit behind a city's or government's name."""
        name, end = match[0], match.end()
        path = self._outright[name]
        if rules.pattern("mention.runs-on").match(words[end - 1 : end + 1]):
            return None
        if "/" in path or not path.endswith(GOVERNMENT):
            return self._with_section(match.start(), end, path, words, "mention.listed")
        unit = self._unit(path, words, end)
        if unit:
            return self._with_section(match.start(), unit[1], unit[0], words, "mention.listed")
        if unlisted := self._unlisted(words, end, sure=name.endswith(GOVERNMENT)):
            return _Found(match.start(), unlisted[1], (Body(f"{path}/{unlisted[0]}"),), "mention.pattern")
        if not name.endswith(GOVERNMENT):
            if words.startswith(_COUNCIL, end):
                return _Found(match.start(), end + len(_COUNCIL), (Body(path.removesuffix(GOVERNMENT) + _COUNCIL),), "mention.pattern")
            if any(rules.pattern(rule).match(words[end : end + 6]) for rule in ("mention.not-a-body", "mention.place")):
                return None
        if name in self._short_cities and words[end : end + 1] == "縣":  # 臺中縣 is not 臺中市
            return None
        if name in self._short_cities and not rules.pattern("mention.short-city-before").search(
            words[max(0, match.start() - 2) : match.start()]
        ):
            return None
        return _Found(match.start(), end, (Body(path),), "mention.city" if not name.endswith(GOVERNMENT) else "mention.listed")

    def _with_section(self, start: int, end: int, path: str, words: str, rule: str) -> _Found:
        """A bureau of a city or body of the centre, with the unit behind it where one follows that is not listed: 消防局火災預防科."""
        head, _, below = path.partition("/")
        bureau = head.endswith(GOVERNMENT) and "/" not in below
        kind = "" if below and not bureau else "mention.section-behind" if bureau else "mention.unit-of-centre"
        unit = rules.pattern(kind).match(words[end : end + _LONGEST_UNIT]) if kind else None
        if unit is None:
            return _Found(start, end, (Body(path),), rule)
        return _Found(start, end + unit.end(), (Body(f"{path}/{unit[0]}"),), kind)

    def _unit(self, government: str, words: str, start: int) -> tuple[str, int] | None:
        """The longest listed unit of a government that starts at a place: its path, and where it ends."""
        if words[start : start + 1] not in self._unit_starts:
            return None
        for end in range(min(len(words), start + _LONGEST_UNIT), start + 1, -1):
            paths = self._gazetteer.below(government, words[start:end])
            if len(paths) == 1:
                return paths[0], end
        return None

    def _unlisted(self, words: str, start: int, *, sure: bool) -> tuple[str, int] | None:
        """A unit that is not listed, by what its name looks like: its path below the government, and where it ends.

        Where it is not ``sure`` that a body is named (behind 屏東縣, not behind 屏東縣政府), its name must be one that others go by.
        """
        found = rules.pattern("mention.unit").match(words[start : start + _LONGEST_UNIT])
        if found is None or not (sure or found["bureau"] in self._unit_names or found["bureau"][:-1] in self._unit_stems):
            return None
        return "/".join(part for part in found.groups() if part), start + found.end()

    def _own(self, match: re.Match[str], words: str, sides: Sides, own: str, title: bool) -> _Found | None:
        """The keeping side, or the proposing one in a title, and its unit; relative where that side is not known."""
        lead = sides.lead(own) if match[0] == "本局" else ""
        if (match[0] == "本局" and not lead) or (title and not own):
            return _Found(match.start(), match.end(), (), UNCLEAR)
        governments = (own + GOVERNMENT,) if own else sides.governments
        end = match.end()
        for longest in range(min(len(words), end + _LONGEST_UNIT), end, -1):
            if any(self._gazetteer.below(side, lead + words[end:longest]) for side in governments):
                break
        else:
            section = rules.pattern("mention.section").match(words[end : end + _LONGEST_UNIT]) if lead else None
            unlisted = self._unlisted(words, end, sure=False) if match[0] != "本局" and own else None
            if unlisted:
                return _Found(match.start(), unlisted[1], (Body(f"{governments[0]}/{unlisted[0]}"),), "mention.own")
            longest = end + section.end() if section else end
        below = "/".join(part for part in (lead, words[end:longest]) if part)
        if not own:
            return _Found(match.start(), longest, (Body(below, own=True),), "mention.own")
        return _Found(match.start(), longest, (Body(self.below(governments[0], below)),), "mention.own")

    def below(self, government: str, words: str) -> str:
        """The full path of a unit below a government, as listed if it is; ``words`` are slashed, or empty for the government itself."""
        listed = self._gazetteer.below(government, words) if words else (government,)
        return listed[0] if len(listed) == 1 else f"{government}/{words}"

    def _both(self, match: re.Match[str], words: str, sides: Sides) -> _Found | None:
        if not sides.cities:
            return None
        if len(sides.cities) != 2 and match[0] not in profiles.current().both:  # of three, 兩市 are two that are not told
            return _Found(match.start(), match.end(), (), UNCLEAR)
        starts = words[match.end() : match.end() + 1] in self._unit_starts
        for end in range(min(len(words), match.end() + _LONGEST_UNIT), match.end() + 1, -1) if starts else ():
            paths = [self._gazetteer.below(side, words[match.end() : end]) for side in sides.governments]
            if all(len(found) == 1 for found in paths):
                return _Found(match.start(), end, tuple(Body(found[0]) for found in paths), "mention.both")
        return _Found(match.start(), match.end(), tuple(Body(side) for side in sides.governments), "mention.both")

    def _bare(self, match: re.Match[str], words: str, sides: Sides, last: _Found | None) -> _Found | None:
        """A unit without its city: that of the list or clause it stands in, else the only side that has it."""
        if not rules.pattern("mention.bare-before").search(words[max(0, match.start() - 1) : match.start()]):
            return None
        same_sentence = last is not None and not re.search("[。;]", words[last.end : match.start()])
        joined = last is not None and rules.pattern("mention.list-joint").match(words[last.end : match.start()]) is not None
        if joined and last is not None and last.rule == "mention.both":
            both = [path for side in sides.governments for path in self._gazetteer.below(side, match[0])]
            if len(both) == len(sides.cities):
                return _Found(match.start(), match.end(), tuple(map(Body, both)), "mention.both")
        if last is not None and same_sentence and len(last.bodies) == 1 and not last.bodies[0].own:
            government = last.bodies[0].path.split("/")[0]
            paths = self._gazetteer.below(government, match[0])
            if len(paths) == 1:
                rule = "mention.list" if joined else "mention.of-the-actor"
                return self._with_section(match.start(), match.end(), paths[0], words, rule)
        central = self._central.get(match[0])
        if central and (not sides.cities or (last is not None and same_sentence and self._is_central(last))):
            return _Found(match.start(), match.end(), (Body(central),), "mention.central")
        having = [path for side in sides.governments for path in self._gazetteer.below(side, match[0])]
        if len(having) == 1:
            return self._with_section(match.start(), match.end(), having[0], words, "mention.only-side")
        return _Found(match.start(), match.end(), (), UNCLEAR) if having else None

    def _is_central(self, found: _Found) -> bool:
        agency = self._gazetteer.agency(found.bodies[0].path.split("/")[0]) if found.bodies else None
        return agency is not None and not agency.city

    def _share_heads(self, found: list[_Found], words: str, sides: Sides) -> Iterator[_Found]:
        """本市及臺北市家庭教育中心: a side alone takes the unit of the one that it is listed with."""
        for this, following in zip_longest(found, found[1:]):
            shared = following and self._shared_head(this, following, words, sides)
            yield _Found(this.start, this.end, shared, "mention.shared-head") if shared else this

    def _shared_head(self, this: _Found, following: _Found, words: str, sides: Sides) -> tuple[Body, ...]:
        between = words[this.end : following.start]
        if not rules.pattern("mention.list-joint").match(between) or len(this.bodies) != 1 or len(following.bodies) != 1:
            return ()
        side, unit = this.bodies[0], following.bodies[0]
        if "/" not in unit.path or unit.own or "/" in side.path or (side.own and side.path):
            return ()
        below = unit.path.partition("/")[2]
        if side.own:
            known = any(self._gazetteer.below(government, below) for government in sides.governments)
            return (Body(below, own=True),) if known else ()
        if not side.path.endswith(GOVERNMENT):
            return ()
        paths = self._gazetteer.below(side.path, below)
        return (Body(paths[0]),) if len(paths) == 1 else ()


@cache
def mentions_by(gazetteer: Gazetteer) -> Mentions:
    """The finder for a gazetteer, built once."""
    return Mentions(gazetteer)
