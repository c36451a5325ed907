//! Behaviour of `import`.
