"""The program beside a scanner: speaks HTTP to the service and imports none of it."""
