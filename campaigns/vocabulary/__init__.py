"""Lists of words and codes that campaigns and records use, as data. Pure."""
