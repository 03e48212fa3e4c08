"""The vocabulary of sohoa: batches, pages, records, dossiers and their rules (standard library only)."""
