"""Acts on the roll. They stand here, above the registry: campaigns follow them."""
