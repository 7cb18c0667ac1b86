"""
The programs that speak to the API: their tokens, what each may do, what requests with a key were answered, and the
files that they send before they name them.

Whose data a program sees is each room's ``access``, by the actor that it speaks for. The API and commands may call.
"""
