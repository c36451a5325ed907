//! The GraphQL door: schema, run, sdl.
