"""Django's PostgreSQL, with our word for a question without a tenant."""
