"""The top of the first page: whose paper it is, its number, day and subject, its marks, and its legal bases."""
