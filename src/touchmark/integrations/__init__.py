"""One folder per outside system. Nothing here knows Django's models."""
