"""How older databases come to the tables of this version, one step after another."""
