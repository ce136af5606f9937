"""Named, versioned data: the catalogue, reading in bounded memory, and writing all or nothing.

Standard library only. What needs pyarrow, pandas, polars or fsspec imports it when it is first
used, and says what to install where it is not there.
"""
