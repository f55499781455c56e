"""Text to entities and links, to a graph that answers."""
