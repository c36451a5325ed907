//! The steps by which the database changes, one a file. Never imports the library.
