"""
Authentication requests: a reviewer asks the holder whether goods that its notice reports are genuine; a named examiner
answers within two business days. An answer that turns out wrong counts in the holder's record.
"""
