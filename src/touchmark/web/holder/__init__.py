"""
Pages for rights holders and those who act for them: what needs them now, their rights, reporting a listing, notices.

A holder sees its own rights and notices, and of a listing what every shopper sees. What other holders reported, what
was found or decided, and who a seller is beyond the shop's public name never comes here.
"""
