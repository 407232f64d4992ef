"""What people say: how their words are taken in, kept apart from who they are, and led back to them.

Screening: what in a text tells who somebody is, found before it is kept. Legal door: where a complaint or a
denunciation in the sense of the law belongs. Receipt: the code by which a writer, unnamed, finds the answer again.
Theme: what many texts are about, grown from their words.
Nothing here knows who wrote: no account, no address of a device, no name.
"""
