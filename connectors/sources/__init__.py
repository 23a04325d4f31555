"""One small module per system or standard; none imports another, and none sees the database.

Which sources there are stands in `connectors.registry`; what a module must offer in `connectors.contract`.
"""
