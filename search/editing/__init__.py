"""How editors change the vocabulary: their entries in the database, what is checked, and the ways in and out."""
