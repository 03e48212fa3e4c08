"""Reads pages and writes what lasts: words, ALTO, searchable PDF/A."""
