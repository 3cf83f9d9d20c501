"""A store goes in, the things in it that break a shape come out."""

from __future__ import annotations

from dataclasses import dataclass

from graph.shapes import Shape, shapes
from graph.store import Store


@dataclass(frozen=True, slots=True)
class Breach:
    """A node (an IRI) that is not as a shape says."""

    node: str
    shape: Shape


def check(store: Store) -> tuple[Breach, ...]:
    """What breaks the shapes of ``ontology/shapes.ttl``, by shape and node: each pair once.

    >>> with Store.open(":memory:") as store:
    ...     check(store)
    ()
    """
    return tuple(Breach(node, shape) for shape in shapes() for node in sorted({row[0] for row in store.select(shape.sparql).rows}))
