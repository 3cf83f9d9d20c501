"""Files for other tools: RDF, networks, tables, a calendar and a feed; a module each, listed in ``formats``."""
