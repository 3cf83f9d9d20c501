"""Builds of any files in any order, one after another, end in the same facts as one build of all of them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.store import Store
from tests.graph.invented import NEW, TAIPEI, Item, Sitting, load, reading

TITLES = ("河岸自行車道照明改善", "改善河岸自行車道夜間照明", "堤外停車場收費共用", "2030堤外停車場收費共用", "水門巡檢聯合演練")
SITTINGS = tuple(
    Sitting(
        f"203{at // 4}-{at % 4 + 1}",
        f"203{at // 4}-{at % 4 * 3 + 1:02d}-10",
        (Item(TITLES[at % 5]), Item(TITLES[(at + 2) % 5])),
        ("", NEW, TAIPEI)[at % 3],
        (("王大同", "科長"), ("陳一心", "科長"))[at % 2],
    )
    for at in range(6)
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5)), min_size=1, max_size=7), st.randoms(use_true_random=False))
def test_the_last_text_of_each_file_decides(steps: list[tuple[int, int]], random) -> None:  # type: ignore[no-untyped-def]
    """Each step gives one of four files one of six texts; the same text may stand under two names."""
    with Store.open(":memory:") as store:
        for file, text in steps:
            load(store, reading(f"{file}.txt", SITTINGS[text]))
        kept = [reading(f"{file}.txt", SITTINGS[text]) for file, text in dict(steps).items()]
        random.shuffle(kept)
        with Store.open(":memory:") as fresh:
            load(fresh, *kept)
            assert store.nquads() == fresh.nquads()
