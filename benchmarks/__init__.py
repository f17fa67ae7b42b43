"""How fast it is, as ratios to the plainest way of doing the same: `make bench`.

Docs: `docs/benchmarks.md`. Ratios, because seconds say more about the machine.
"""
