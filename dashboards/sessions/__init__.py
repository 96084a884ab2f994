"""Who sits before a screen, and what a serving process holds open for them."""
