"""Where facts and files last: a database (SQLite or PostgreSQL) and an object store (a directory or S3)."""
