"""What people read: texts, pictures and reports made of an answer."""
