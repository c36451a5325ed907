//! The program put together: settings, database, clock; what every door is handed.
