"""A folder in which a graph grows: what was read from each article, and all that follows from it."""
