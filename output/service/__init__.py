"""A store goes in, a SPARQL service that can be left running comes out: queries in worker processes, pages, and limits on all of it."""
