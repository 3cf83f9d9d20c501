"""A wrong use of the program, told in one line that says what to do next."""

from __future__ import annotations


class CrossCityError(Exception):
    """The program cannot do what was asked; ``str(error)`` is one line for a person, ending in what to do next."""
