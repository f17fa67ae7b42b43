"""What the pages of every document of `campaigns.models.written` do alike."""
