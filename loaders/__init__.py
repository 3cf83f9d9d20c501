"""Minutes, read: a file becomes a document, a document its folded text, sections, mentions, minutes and at last triples."""
