"""What families say is wrong with a listing: how it comes in, whom it reaches, what becomes of it.

What comes in by the page is `views`, `tokens`, `origin`, `limits` and `privacy`; what becomes of it is `states`, `mails` and `admin`.
"""
