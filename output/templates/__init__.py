"""The pages' templates, styles, scripts and words: data, inlined into each page when it is written."""
