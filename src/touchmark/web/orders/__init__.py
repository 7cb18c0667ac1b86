"""Orders of authorities, for reviewers: entered, verified, carried out, answered. No seller gets here."""
