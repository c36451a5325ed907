//! Names of units and provinces: aliases, longest first, several in one cell. Knows nothing of stored rows.
