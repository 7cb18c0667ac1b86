"""
The shape of the record: what an entry commits to, the Merkle tree over commitments, the signed checkpoint of a tree.

Pure functions and values. No key is kept here and nothing is signed here: a signer and a verifier are handed in. The
audit room stores entries and calls this; whoever checks an export offline needs only this room.
"""
