"""Writes the statutory forms as people file them (XLSX, PDF, CSV, JSON), and reads what such a file says back."""
