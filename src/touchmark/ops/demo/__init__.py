"""
The demo's world: invented marketplaces, brands, people and offers, the same every time.

``world.toml`` says who and what there is, ``photos`` draws, ``offers`` writes listings, ``build`` puts all of it into
an empty database by the same actions that an import or a person uses.
"""
