"""Minutes that were never held: what ``benchmarks/invent.py`` draws them from, and how it writes them."""
