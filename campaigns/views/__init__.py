"""The pages of campaigns, and acts on the roll: campaigns follow them."""
