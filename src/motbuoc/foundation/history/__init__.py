"""The one history: every write leaves one line; lines are sealed in batches, never changed or removed.

Line: one act, with a digest of its own. Seal: the Merkle root over a batch of lines, chained to the seal before.
Root: the digest of a seal, to be printed and kept outside. Personal values: kept beside a line, so that they can
be erased without breaking the chain. Head: how many lines and seals there are.
"""
