"""People's errands, walked in a real browser. Named after the errand."""
