"""Words go in, the level of a platform that they name comes out: mayors, deputy mayors, or the governments without saying who."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from ontology import profiles
from ontology.profiles import Words

_OWN: Final = {"deputies": "副市長", "mayors": "市長", "governments": "府"}
LEVELS: Final = ("市長層級會議", "副市長層級會議", "府層級會議")  # as tables name them, whoever cooperates
_HIGHER: Final = re.compile(r"(?P<deputy>副)?[市首]長層級會議|府層?級會議")


def level_of(words: str) -> str:
    """The level that some words send a matter to (市長, 副市長, 府), or empty.

    >>> level_of("提報副首長層級會議"), level_of("府級會議"), level_of("小組會議")
    ('副市長', '府', '')
    """
    return _level_of(words, profiles.current().levels)


@lru_cache(10_000)  # a meeting's title is asked again and again
def _level_of(words: str, levels: tuple[tuple[str, Words], ...]) -> str:
    named = dict(levels)
    for name, level in _OWN.items():
        if any(word in words for word in named.get(name, ())):
            return level
    found = _HIGHER.search(words)
    if found is None:
        return ""
    return "府" if found[0].startswith("府") else f"{found['deputy'] or ''}市長"


def own_name(level: str) -> str:
    """A level's name, as tables have it, in the words of the profile in use; what is no level stays as it is.

    >>> own_name("市長層級會議"), own_name("next-meeting")
    ('市長層級會議', 'next-meeting')
    """
    if level not in LEVELS:
        return level
    which = {own: name for name, own in _OWN.items()}[level.removesuffix("層級會議")]
    return next(iter(profiles.current().level(which)), level)
