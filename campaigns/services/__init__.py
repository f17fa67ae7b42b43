"""Every change to campaigns and to what is done in them."""
