"""The audit trail: its chain, the anchors kept outside it, and backups that end with its check."""
