"""A value goes in, JSON that can stand in a page comes out."""

from __future__ import annotations

import json
import re
from typing import Final

from markupsafe import Markup

_RISKY: Final = re.compile("[<>&\u2028\u2029]")


def island(value: object) -> Markup:
    """JSON that can stand inside a ``<script>`` element: nothing in it can end the element or be taken for a tag.

    >>> island("</script>")
    Markup('"\\\\u003c/script\\\\u003e"')
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Markup(_RISKY.sub(lambda found: f"\\u{ord(found[0]):04x}", text))
