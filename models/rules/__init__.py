"""The rules of the domain: pure functions on plain values, without database, clock or I/O."""
