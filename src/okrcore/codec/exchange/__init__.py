"""Rows and text of other systems and of people: in, with all problems listed, and out."""
