"""
Screening runs over the catalogue, and what they found: findings and assessments, kept as the engine gave them.

Proposes only. Settling an assessment is a decision's work, one room up.
"""
