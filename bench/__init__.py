"""What the project measures about itself; imported by nobody."""
