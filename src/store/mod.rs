//! Questions and writes: free functions over `&impl ConnectionTrait`. Every question begins with the caller's scope.
