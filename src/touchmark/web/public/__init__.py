"""Pages for anybody: the first page, how it works, and what is shown when something goes wrong."""
