"""The words, names, shapes and records that every other package uses; imports none of them."""
