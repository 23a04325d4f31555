"""What a school registers, what it comes to, and what the system itself knows of the use of it."""
