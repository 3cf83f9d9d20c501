"""Tests of what the minutes say together."""
