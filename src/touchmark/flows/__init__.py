"""Use cases that write in more than one room, each one transaction."""
