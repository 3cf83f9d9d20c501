"""The named queries, one ``.rq`` file each; ``graph.named`` reads and asks them."""
