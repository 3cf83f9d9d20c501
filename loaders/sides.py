"""A meeting as its header tells it goes in, who its sides are comes out: cities, host, leading bureaus; and who put a title forward."""

from __future__ import annotations

from dataclasses import dataclass

from loaders import rules
from ontology import profiles
from ontology.gazetteer import Gazetteer
from ontology.records import Meeting

GOVERNMENT = "政府"


@dataclass(frozen=True, slots=True)
class Sides:
    """Who the sides of a meeting are.

    ``cities`` of the platform, the ``host`` where it is stated, each city's leading bureau (``leads``), and the day (``on``, ISO).
    """

    cities: tuple[str, ...] = ()
    host: str = ""
    leads: tuple[tuple[str, str], ...] = ()
    on: str = ""

    def lead(self, city: str) -> str:
        """The bureau that leads the group for a city; where no city is told, the one both sides call the same; else empty."""
        names = {bureau for side, bureau in self.leads if city in ("", side)}
        return names.pop() if len(names) == 1 else ""

    @property
    def governments(self) -> tuple[str, ...]:
        """The paths of the sides' governments."""
        return tuple(city + GOVERNMENT for city in self.cities)

    def other(self, city: str) -> str:
        """The side that is not ``city``, where there are just two."""
        others = [side for side in self.cities if side != city]
        return others[0] if len(self.cities) == 2 and len(others) == 1 else ""


def find_sides(meeting: Meeting, gazetteer: Gazetteer) -> Sides:
    """The cities of a meeting's platform, or those its title names, its stated host, and the bureau that leads the group for each.

    The host's bureau is the one the venue names (新北市政府教育局21樓), else each side's is the one whose name begins the group's
    (教育文化組: 教育局), else the one called as the other side's.
    """
    platform = next((p for p in gazetteer.platforms if meeting.platform in (p.name, *p.names)), None)
    named = tuple(city for city, names in gazetteer.cities.items() if any(name in meeting.title for name in names if len(name) > 2))
    by_name = named if len(named) > 1 else tuple(filter(None, (meeting.host,)))
    cities = platform.cities if platform and meeting.platform else by_name
    leads = {}
    for city in cities:
        names = [agency.path.rpartition("/")[2] for agency in gazetteer.children(f"{city}政府") if agency.level == "bureau"]
        in_venue = [name for name in names if city == meeting.host and name in meeting.venue]
        of_group = [name for name in names if meeting.group and meeting.group.startswith(name.rstrip("局處")[:2])]
        if len(found := in_venue or of_group) == 1:
            leads[city] = found[0]
    for city in cities:
        if city not in leads and len(shared := set(leads.values())) == 1 and gazetteer.below(f"{city}政府", next(iter(shared))):
            leads[city] = next(iter(shared))
    return Sides(cities, meeting.host, tuple((city, leads[city]) for city in cities if city in leads), meeting.date)


def proposing_city(title: str, sides: Sides) -> str:
    """The side that put a title forward, where the title itself asks the other side or one of its programmes for something."""
    asked = rules.pattern("mention.asked-side").search(title)
    if not asked:
        return ""
    behind = title[asked.end() : asked.end() + 10]
    owners, short = rules.load().owners, {city.name: city.names for city in profiles.current().cities}
    for city in sides.cities:
        if any(behind.startswith(name) for name in (city, city[:2], *short.get(city, ()), *owners.get(city, ()))):
            return sides.other(city)
    return ""
