"""The spaCy pipeline and what stands behind it: names, units, link candidates, features, scorers, dates."""
