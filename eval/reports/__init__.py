"""Runs told to people and to other programs: pages to open, XML for CI. Reads runs; makes and stores none."""
