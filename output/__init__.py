"""What a reader sees: the command line, reports, pages and exports."""
