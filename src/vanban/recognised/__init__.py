"""What a machine recognised in a picture: it is no surer than its words, and names are spelt as they are known."""
