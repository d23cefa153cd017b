"""Who comes into which team and who leaves it: invitations one by one or by a table, handover, and a second factor that was lost."""
