"""
What shops without an API can give: a product feed as Google Merchant Center takes it (XML, TSV), or pages and files
with schema.org's JSON-LD in them.

Each reader gives rows in the columns of files; what is wrong with a row is told by whoever takes it in.
"""
