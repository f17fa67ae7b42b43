"""Random walks through the pages of a review, and the law that holds after each step."""
