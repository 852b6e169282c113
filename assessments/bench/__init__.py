"""How fast the app is: every operation beside what the bare database needs for the same rows."""
