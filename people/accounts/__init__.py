"""Signing in: passwords, passkeys and codes, who needs which, how long a session lasts, and the log of who did what."""
