"""The one-time links of the demo. They work on loopback in a demo database and are an unknown address elsewhere."""
