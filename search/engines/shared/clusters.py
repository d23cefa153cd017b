"""How fine listings are clustered on a map."""

MOST = 300
# A cluster's tile is a quarter of a map tile: 64 points on the screen, more than a thumb.
LEVELS_FINER = 2
# Map tiles by which listings are clustered.
LOWEST, HIGHEST = 4, 19
