"""Claims: sentences with what they cite, true and false, and how well a checker tells which is which."""
