"""The programming interface: the same selectors and services as the pages, asked by programs with tokens.

`v1.api` is the whole of the first version; each operation says in the line above it what it asks for. Versions are
in the address: what a version answers may gain fields, and never loses or renames one.
"""
