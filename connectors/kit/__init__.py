"""Tools that every connector shares: one hardened way to open text, CSV, Excel and XML, and to read dates and names.

Files are hostile until proven otherwise: each opener has limits on size, rows, depth and time, and refuses with one
Dutch sentence. No other code opens a source file.
"""
