"""What the minutes say together: the store, the identity of cases and people, named queries, and networks."""
