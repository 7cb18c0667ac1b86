"""
The weights as chosen by hand: what holds the fit where the data say little.

A mark disguised on purpose, a copied picture and a design that looks alike are each by themselves worth a person's
look; a name that is written openly, or a sign in a photo, is not.
"""

from touchmark.engine.learning.fit import Weights

BY_HAND = Weights(
    bias=-4.0,
    weights={
        "disguised_mark": 5.0,
        "copied_image": 5.4,
        "logo": 1.5,
        "lookalike": 4.6,
        "plain_mark": 0.7,
        "coded_copy": 4.0,
        "coded_grade": 3.0,
        "coded_source": 2.0,
        "coded_likeness": 1.0,
        "low_price": 3.0,
        "unusual_price": 2.0,
        "claimed_price": 1.0,
        "shared_photo": 1.0,
        "several_marks": 1.0,
        "seller_standing": 1.0,
        "new_seller": 0.5,
        "authorised_seller": -4.0,
    },
)
