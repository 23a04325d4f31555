"""Rules about registrations: which facts are kept, where twice, and what a registration comes to."""
