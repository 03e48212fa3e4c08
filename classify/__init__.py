"""From the words of a paper to what it is: its type, its header fields and the dossier it belongs to."""
