"""The command line: what a person or a script types; it parses, calls and answers."""
