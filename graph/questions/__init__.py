"""Thirty questions that the data can answer, a file each, run by name; docs/questions.md tells when each is meaningful."""
