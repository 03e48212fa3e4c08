"""From the bytes that a scanner sent to page images, each with a report on the scan and its bar codes."""
