"""The trusted kernel: it decides whether evidence establishes a goal, and imports nothing that searches."""
