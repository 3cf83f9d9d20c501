"""Words in, bodies out; and what the gazetteer's data may hold."""

from __future__ import annotations

import re
import time
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import pytest
from turtle_form import canonical

from ontology import gazetteer
from ontology.gazetteer import LEVELS, fold_name, load

TURTLE = Path(gazetteer.__file__).with_name("agencies.ttl")
TAIPEI, NEW_TAIPEI = "臺北市政府", "新北市政府"


@pytest.mark.parametrize(
    ("government", "words", "paths"),
    [
        (TAIPEI, "教育局", ["臺北市政府/教育局"]),
        (TAIPEI, "教育局/資教科", ["臺北市政府/教育局/資訊教育科"]),
        (TAIPEI, "教育局資教科", ["臺北市政府/教育局/資訊教育科"]),
        (TAIPEI, "教育局資訊教育科", ["臺北市政府/教育局/資訊教育科"]),
        (TAIPEI, "資教科", ["臺北市政府/教育局/資訊教育科"]),
        (NEW_TAIPEI, "資教科", []),
        (TAIPEI, "體衛科", ["臺北市政府/教育局/體育及衛生保健科"]),
        (NEW_TAIPEI, "教育局中教科", ["新北市政府/教育局/中等教育科"]),
        (TAIPEI, "學前教育科", ["臺北市政府/教育局/學前教育科"]),
        (TAIPEI, "警局", ["臺北市政府/警察局"]),
        (NEW_TAIPEI, "警局少年隊", ["新北市政府/警察局/少年警察隊"]),
        (NEW_TAIPEI, "體育處", ["新北市政府/體育處"]),
        (TAIPEI, "體育處", []),
        (TAIPEI, "家庭教育中心", ["臺北市政府/家庭教育中心"]),
        (NEW_TAIPEI, "家庭教育中心", ["新北市政府/家庭教育中心"]),
        (NEW_TAIPEI, "新北市立圖書館", ["新北市政府/圖書館"]),
        (TAIPEI, "天文館", ["臺北市政府/天文科學教育館"]),
        (TAIPEI, "內湖區公所", ["臺北市政府/內湖區公所"]),
        ("教育部", "國教署", ["教育部/國民及學前教育署"]),
        ("火星市政府", "教育局", []),
        (TAIPEI, "", []),
    ],
)
def test_below_finds_official_short_and_slashed_words(government: str, words: str, paths: list[str]) -> None:
    assert list(load().below(government, words)) == paths


def test_below_gives_every_body_that_words_can_mean() -> None:
    found = load().below(TAIPEI, "綜合企劃科")
    assert [path.split("/")[1] for path in found] == ["教育局", "文化局", "環境保護局", "社會局", "體育局"]


@pytest.mark.parametrize(
    ("surface", "path"),
    [
        ("臺北市政府教育局", "臺北市政府/教育局"),
        ("臺北市教育局", "臺北市政府/教育局"),
        ("北市教育局", "臺北市政府/教育局"),
        ("新北體育處", "新北市政府/體育處"),
        ("新北市教育局中教科", "新北市政府/教育局/中等教育科"),
        ("臺北市政府警察局少年隊", "臺北市政府/警察局/少年警察隊"),
        ("臺北市立圖書館", "臺北市政府/圖書館"),
        ("臺北市圖書館", "臺北市政府/圖書館"),
        ("新北市家庭教育中心", "新北市政府/家庭教育中心"),
        ("臺北市政府", "臺北市政府"),
        ("北市府", "臺北市政府"),
        ("衛福部", "衛生福利部"),
        ("教育部體育署", "教育部/體育署"),
        ("體育署", "教育部/體育署"),
        ("中央", "中央政府"),
        ("臺北體育大學", "台北體育大學"),
        ("賽會執行辦公室", "2025世壯會執行辦公室"),
        ("2025世壯會執行辦公室", "2025世壯會執行辦公室"),
    ],
)
def test_surfaces_name_bodies_outright(surface: str, path: str) -> None:
    assert dict(load().surfaces())[surface] == path


@pytest.mark.parametrize("words", ["教育局", "資教科", "原民會", "客委會", "動物園", "臺北市", "北市大", "臺大", "工程會"])
def test_words_that_need_a_context_are_no_surface(words: str) -> None:
    assert words not in dict(load().surfaces())


def test_surfaces_are_folded_known_and_longest_first() -> None:
    surfaces = load().surfaces()
    assert all(fold_name(surface) == surface and load().agency(path) for surface, path in surfaces)
    assert all(len(before) >= len(after) for (before, _), (after, _) in pairwise(surfaces))
    assert len({surface for surface, _ in surfaces}) == len(surfaces)


def test_every_official_name_is_a_surface() -> None:
    surfaces = dict(load().surfaces())
    assert {agency.names[0]: surfaces.get(fold_name(agency.names[0])) for agency in load().agencies} == {
        agency.names[0]: agency.path for agency in load().agencies
    }


def test_cities_and_platforms() -> None:
    known = load()
    assert len(known.cities) == 22
    assert known.cities["臺北市"] == ("臺北市", "北市", "臺北")
    assert known.cities["新北市"] == ("新北市", "新北")
    assert {known.agency(f"{city}政府") is not None for city in known.cities} == {True}
    assert {agency.city for agency in known.agencies} - {""} == set(known.cities)
    platforms = {platform.name: platform.cities for platform in known.platforms}
    assert platforms["雙北"] == ("臺北市", "新北市")
    assert platforms["中彰投"] == ("臺中市", "彰化縣", "南投縣")
    names = Counter(name for platform in known.platforms for name in platform.names)
    assert set(names.values()) == {1}
    cities = Counter(name for names in known.cities.values() for name in names)
    assert set(cities.values()) == {1}


def test_bodies_have_known_levels_parents_and_sources() -> None:
    known = load()
    for agency in known.agencies:
        assert agency.level in LEVELS, agency.path
        assert agency.parent == agency.path.rpartition("/")[0], agency.path
        assert not agency.parent or agency in known.children(agency.parent), agency.path
        assert agency.source, agency.path
        assert agency.names, agency.path
        assert agency.valid_from <= agency.valid_until or not agency.valid_until, agency.path
        assert all(known.agency(path) for path in agency.successors), agency.path
        for date in (agency.valid_from, agency.valid_until):
            assert re.fullmatch(r"(\d{4}(-\d\d(-\d\d)?)?)?", date), agency.path


def test_successors_follow_when_the_body_ends() -> None:
    before = load().agency("新北市政府/體育處")
    assert before is not None
    assert (before.valid_from, before.valid_until, before.successors) == ("2011", "2023-12-31", ("新北市政府/體育局",))
    for agency in load().agencies:
        assert bool(agency.successors) <= bool(agency.valid_until), agency.path


def test_no_alias_repeats_what_its_body_is_called_already() -> None:
    for agency in load().agencies:
        said = [*map(fold_name, (*agency.names, *agency.short_forms))]
        assert len(set(said)) == len(said), agency.path
        assert agency.path.rpartition("/")[2] not in agency.short_forms, agency.path


def test_no_alias_stands_for_two_bodies_of_one_place() -> None:
    """Sections of different bureaus may share a short form (綜企科); bodies next to each other may not, nor names anywhere."""
    siblings: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    names: defaultdict[str, set[str]] = defaultdict(set)
    for agency in load().agencies:
        for form in {fold_name(form) for form in (agency.path.rpartition("/")[2], *agency.short_forms)}:
            siblings[agency.parent, form].add(agency.path)
        for name in agency.names:
            names[fold_name(name)].add(agency.path)
    assert [paths for paths in (*siblings.values(), *names.values()) if len(paths) > 1] == []


def test_levels_are_counted() -> None:
    counts = Counter(agency.level for agency in load().agencies)
    assert counts == {"government": 28, "bureau": 88, "section": 178, "institution": 140, "joint": 2, "ministry": 45, "other": 20}


def test_the_file_is_in_canonical_form() -> None:
    text = TURTLE.read_text("utf-8")
    assert canonical(text) == text, "run: python tests/ontology/turtle_form.py ontology/agencies.ttl"


def test_ten_thousand_look_ups_are_quick() -> None:
    known = load()
    known.surfaces()
    before = time.process_time()
    for _ in range(10_000):
        known.below(TAIPEI, "教育局/資教科")
        known.surfaces()
    assert time.process_time() - before < 1.0


def test_fold_name_makes_variants_equal() -> None:
    assert fold_name("台北市政府　教育局") == fold_name("臺北市政府教育局")
    assert fold_name("２０２５世壯會執行辦公室") == "2025世壯會執行辦公室"
