"""Server-rendered pages, by audience. A view makes one read through ``access`` or one call of an action or flow."""
