"""The charts of the reports: each takes a store, the words of a language and a scope, and gives a ``Picture``."""
