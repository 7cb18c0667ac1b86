"""
Goods that can injure people: what product safety asks for once they are found or reported (GPSR), each with its clock
and what was done; and suspicions of a crime against life or safety, told to the police of a country (DSA, article 18).

Which decisions and notices begin a duty is a flow's to know. Nothing here is ever told to a seller. What buyers are
told under the DSA is the room of buyers; what authorities order is theirs.
"""
