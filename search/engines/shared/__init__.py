"""What engines have in common: the fields of a document, its dates as tokens, facets, clusters. Knows no engine. Pure."""
