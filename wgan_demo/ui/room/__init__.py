"""A class in one room: what a visitor who is in it sees of it on every page. Who is in none pays nothing."""
