"""The only place that wires everything: settings, URLs, WSGI."""
