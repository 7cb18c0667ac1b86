"""
Informing those who bought an illegal product: what the marketplace was asked, when it confirmed, what was published.

Who bought what, the marketplace alone knows; nobody's name comes here. ``flows.inform_buyers`` begins and ends a duty.
"""
