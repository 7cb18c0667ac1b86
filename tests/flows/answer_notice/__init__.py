"""A seller answers a notice: forwarded, objected to, sued over, put back; one file for each law."""
