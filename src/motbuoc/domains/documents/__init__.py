"""Documents: read, reviewed by a person, and ready to be issued.

Document: an official paper with its text. Provision: a numbered part of it. Duty: something it asks for, anchored
to its exact words. Citation: a mention of another paper. Addressee: whom it asks, resolved to units.
"""
