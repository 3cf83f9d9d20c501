"""Which events are one case: pairs of titles that must merge and pairs that must not, and the rules that decide between."""

import dataclasses

import pytest

from graph.build import Summary
from graph.store import Store
from ontology import terms
from tests.graph.invented import Item, Sitting, case_titles, load, reading

# Titles of other cases, so that the corpus has a size and boilerplate shows as such
OTHERS = (
    "兩市合作稽查市場攤商磅秤準確度",
    "雙北共同推廣圖書通閱證",
    "跨市托育人員研習名額共享",
    "合作辦理登革熱孳生源清除演練",
    "雙北樂齡學習中心師資交流",
    "請臺北市協助提供捷運站無障礙動線資料",
)

SAME = [
    ("共同推動河岸自行車道夜間照明改善計畫", "合作改善河岸自行車道照明"),
    ("合作檢核便當業者餐盒重量情形，以維護消費權益", "兩市合作檢核便當業者餐盒重量"),
    ("兩市共同輔導16歲以下逃學青少年返校", "共同就16歲以下設籍兩市之逃學青少年實施返校輔導"),
    ("請新北派員進駐2031東亞運籌備辦公室", "為籌備2031年東亞運動會，協請新北市政府派員進駐籌備辦公室"),
    ("兩市共同研議三重、蘆洲堤外步道之未來發展", "兩市共同研議三重、蘆洲堤外步道綠美化之資源"),
    ("合作推廣線上數位典藏館-典藏學院互動課程", "合作推廣台北線上數位典藏館課程"),
    ("共同研議士林、蘆洲地區國中小閩南語師資共聘", "研議士林及蘆洲地區中小學閩南語師資共聘之可行性"),
]

# Enough for a case that goes on in its own group, too little for one that is proposed anew or treated by another group
ALIKE = ("河岸步道無障礙設施改善與照明", "河岸步道增設無障礙坡道與夜間照明")

DIFFERENT = [
    ("兩市合作檢核便當業者餐盒重量情形，以維護消費權益", "兩市合作預防高齡者交通事故"),
    ("雙北社區大學課程資源共享", "雙北親職講座資源共享"),
    ("兩市共同研議三重、蘆洲堤外步道之資源", "兩市共同研議河濱球場之資源"),
    ("2018雙北城市龍舟邀請賽", "2019雙北城市龍舟邀請賽"),
    ("109年度聯合稽查夜市噪音", "110年度聯合稽查夜市噪音"),
    ("臺北市立游泳池開放對方市民使用", "新北市立游泳池開放對方市民使用"),
    ("新北市立博物館典藏資料提供臺北市學校使用", "臺北市立博物館典藏資料提供新北市學校使用"),
    ("聯合稽查第一期河川疏濬工程", "聯合稽查第二期河川疏濬工程"),
    ("共同辦理12歲以下兒童游泳訓練", "共同辦理18歲以下兒童游泳訓練"),
    ("雙北國小閩南語教師共聘合作", "雙北國中閩南語教師共聘合作"),
    ("士林區河濱公園防汛演練合作", "北投區河濱公園防汛演練合作"),
    ("淡水河左岸自行車道照明改善", "淡水河右岸自行車道照明改善"),
    ("上半年聯合稽查砂石車超載", "下半年聯合稽查砂石車超載"),
]


def build(*sittings: Sitting) -> tuple[Store, Summary]:
    store = Store.open(":memory:")
    return store, load(store, reading("minutes.txt", *sittings))


def two_meetings(first: str, second: str) -> list[list[str]]:
    background = tuple(Item(title) for title in OTHERS)
    store, _ = build(
        Sitting("2020-1", "2020-01-10", (*background, Item(first))),
        Sitting("2020-2", "2020-04-10", (Item(second), *background)),
    )
    with store:
        return [titles for titles in case_titles(store) if titles[0] not in OTHERS]


@pytest.mark.parametrize(("first", "second"), [*SAME, *((second, first) for first, second in SAME), ALIKE])
def test_one_case_under_two_titles(first: str, second: str) -> None:
    assert two_meetings(first, second) == [[first, second]]


@pytest.mark.parametrize(("first", "second"), [*DIFFERENT, *((second, first) for first, second in DIFFERENT)])
def test_two_cases_with_much_in_common(first: str, second: str) -> None:
    assert two_meetings(first, second) == sorted([[first], [second]])


def test_a_meeting_s_events_are_different_cases() -> None:
    """共同改善… and 改善… would merge over two meetings; one meeting that lists both says that they differ."""
    first, second = SAME[0]
    store, _ = build(Sitting("2020-1", "2020-01-10", (Item(first), Item(second))))
    with store:
        assert case_titles(store) == sorted([[first], [second]])


def test_equal_titles_in_one_meeting_are_one_case() -> None:
    store, _ = build(
        Sitting("2020-1", "2020-01-10", (Item("河岸自行車道照明改善"), Item("河岸自行車道照明改善"))),
        Sitting("2020-2", "2020-02-10", (Item("河岸自行車道照明改善"), Item("河岸自行車道照明改善"))),
    )
    with store:
        assert case_titles(store) == [["河岸自行車道照明改善"] * 4]


def test_nothing_is_matched_on_boilerplate_alone() -> None:
    assert two_meetings("雙北合作共享資源", "兩市共同推廣資源共享") == sorted([["雙北合作共享資源"], ["兩市共同推廣資源共享"]])


def test_a_new_proposal_needs_more_than_a_case_that_goes_on() -> None:
    first, second = ALIKE
    fresh = Sitting("2020-2", "2020-04-10", (Item(second, section="new-proposal", outcome="proposed"),))
    store, _ = build(Sitting("2020-1", "2020-01-10", (Item(first),)), fresh)
    with store:
        assert case_titles(store) == sorted([[first], [second]])
        assert len(store.select("SELECT * { ?case cc:possiblySame ?other }").rows) == 1


def test_groups_share_a_case_under_much_the_same_title_only() -> None:
    first, second = ALIKE
    here, there = Sitting("2020-1", "2020-01-10", (Item(first),)), Sitting("2020-1", "2020-02-10", (Item(first),), group="副市長層級")
    store, _ = build(here, there, Sitting("2020-2", "2020-03-10", (Item(second),), group="交通組"))
    with store:
        assert case_titles(store) == sorted([[first, first], [second]])


def test_bodies_of_no_platform_share_no_case() -> None:
    agenda = "討論本次大會議事日程草案"
    stores = []
    for platform in ("", "雙北"):
        found = reading(
            "minutes.txt",
            Sitting("2020-1", "2020-01-10", (Item(agenda),), group="程序委員會"),
            Sitting("2020-2", "2020-02-10", (Item(agenda),), group="紀律委員會"),
        )
        held = tuple(
            dataclasses.replace(minutes, meeting=dataclasses.replace(minutes.meeting, platform=platform)) for minutes in found.minutes
        )
        with Store.open(":memory:") as store:
            load(store, dataclasses.replace(found, minutes=held))
            stores.append(len(case_titles(store)))
    assert stores == [2, 1]


def test_a_case_keeps_its_titles_its_steps_and_its_group() -> None:
    first, second = SAME[0]
    store, summary = build(
        Sitting("2020-1", "2020-01-10", (Item(first),)),
        Sitting("2020-2", "2020-04-10", (Item(second),)),
        Sitting("2020-3", "2020-07-10", (Item(second),)),
    )
    with store:
        assert summary.cases == 1
        ((case, title, alias, group),) = store.select(
            "SELECT ?c ?t ?a ?g { ?c a cc:Case ; dct:title ?t ; skos:altLabel ?a ; cc:group/skos:prefLabel ?g } GROUP BY ?c ?t ?a ?g"
        ).rows
        assert (title, alias, group) == (second, first, "河川公園組")
        assert case == store.iris.case(store.iris.meeting("雙北", "河川公園組", "2020-1"), first)
        steps = "SELECT ?a ?b { ?s a cc:Step ; cc:case ?c ; cc:fromEvent ?a ; cc:toEvent ?b ; cc:relation 'continues' ; cc:basis 'rule' }"
        assert len(store.select(steps).rows) == 2
        assert set(store.select(steps).rows) == set(store.select(f"SELECT ?a ?b {{ ?b <{terms.WAS_REVISION_OF}> ?a }}").rows)


def test_titles_that_differ_in_punctuation_are_one_alias() -> None:
    store, _ = build(
        Sitting("2020-1", "2020-01-10", (Item("河岸照明改善,以利夜行"),)),
        Sitting("2020-2", "2020-02-10", (Item("河岸照明改善，以利夜行"),)),
    )
    with store:
        assert len(store.select("SELECT * { ?case a cc:Case ; dct:title ?title }").rows) == 1
        assert store.select("SELECT * { ?case skos:altLabel ?alias }").rows == ()


def test_a_person_decides_between_two_that_fit_alike() -> None:
    """One title within two cases of other meetings: neither is taken, both are put before a person."""
    store, _ = build(
        Sitting("2020-1", "2020-01-10", (Item("淡水河堤外步道照明改善工程"), Item("淡水河堤外步道植栽養護工程"))),
        Sitting("2020-2", "2020-02-10", (Item("淡水河堤外步道"),)),
    )
    with store:
        assert len(case_titles(store)) == 3
        assert len(store.select("SELECT * { ?case cc:possiblySame ?other }").rows) == 2
