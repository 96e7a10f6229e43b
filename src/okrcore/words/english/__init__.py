"""English templates by code, a module for each room."""
