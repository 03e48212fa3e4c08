"""What goes over the wire, as pydantic models: checked on the way in, described for OpenAPI on the way out."""
