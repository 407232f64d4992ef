"""The components that pages are built of. `components` needs no `{% load %}`: it is built in."""
