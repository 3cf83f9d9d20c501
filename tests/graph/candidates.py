"""Invented meetings whose cases and chairs may be the same, and candidates stated by hand, as identity would state them."""

from graph.statements import Statements
from graph.store import Store
from ontology import terms
from ontology.records import Body
from tests.graph.invented import NEW, TAIPEI, Ask, Item, Sitting, load, reading

GRAPH = "http://example.org/candidates"
PARKS = ("新北市水利局", Body("新北市政府/水利局"))
FIRST = Sitting(
    "2020-1",
    "2020-03-10",
    (
        Item("河岸步道", proposer=PARKS, asks=(Ask("請臺北市政府教育局協助", ("臺北市政府教育局", Body("臺北市政府/教育局"))),)),
        Item("跨橋燈飾"),
    ),
    host=NEW,
    chair=("王大同", "科長"),
)
SECOND = Sitting(
    "2020-2", "2020-06-10", (Item("河岸步道延伸", "本案\n解除列管。", "delisted"), Item("橋面燈光")), host=TAIPEI, chair=("王大同", "局長")
)


def node(store: Store, title: str, meeting: str) -> str:
    """The IRI of the case event or participation of a title or name at a meeting."""
    [row] = store.select(
        f'SELECT DISTINCT ?e {{ ?e cc:meeting ?m . {{ ?e a cc:CaseEvent ; dct:title "{title}" }} UNION'
        f' {{ ?e a cc:Participation ; foaf:name "{title}" }} FILTER (STRENDS(STR(?m), "{meeting}")) }}'
    ).rows
    return row[0]


def state(store: Store, *pairs: tuple[str, str, str, str, tuple[str, ...], tuple[str, ...]]) -> None:
    """Put candidates (kind, first, second, likeness, shared, reasons) into the store, in place of those that its build made."""
    said = Statements(GRAPH)
    for graph in store.graphs():
        lines = store.lines(graph)
        kept = [line for line in lines if "/candidate/" not in line.partition(" ")[0]]
        if graph != GRAPH and len(kept) < len(lines):
            store.replace(graph, [f"{line.removesuffix(' .')} <{graph}> ." for line in kept])
    for at, (kind, first, second, likeness, shared, reasons) in enumerate(pairs):
        candidate = f"http://example.org/candidate/{at}"
        said.link(candidate, terms.TYPE, terms.CANDIDATE)
        said.value(candidate, terms.KIND, kind)
        said.link(candidate, terms.FIRST, first)
        said.link(candidate, terms.SECOND, second)
        if likeness:
            said.value(candidate, terms.LIKENESS, likeness, "decimal")
        for words in shared:
            said.value(candidate, terms.SHARED, words)
        for reason in reasons:
            said.value(candidate, terms.REASON, reason)
    store.replace(GRAPH, said.lines())


def fill(store: Store) -> None:
    """Put both meetings into a store, with three candidates: lights (0.31), trails (0.47), and the chairs, whose likeness is missing."""
    load(store, reading("first.txt", FIRST), reading("second.txt", SECOND))
    trails = node(store, "河岸步道", "2020-1"), node(store, "河岸步道延伸", "2020-2")
    lights = node(store, "跨橋燈飾", "2020-1"), node(store, "橋面燈光", "2020-2")
    chairs = node(store, "王大同", "2020-1"), node(store, "王大同", "2020-2")
    state(
        store,
        ("person", *chairs, "", (), ("other-side", "name")),
        ("case", *lights, "0.31", (), ("same-item",)),
        ("case", *trails, "0.47", ("步道", "河岸"), ("title", "same-group")),
    )
