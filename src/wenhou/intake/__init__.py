"""The one form, drafts, invitations, consents. Never computes amounts. Not yet open."""
