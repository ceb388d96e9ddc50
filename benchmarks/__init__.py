"""How quick the product is with many people: the real server over HTTP, each figure beside a bare Django view of the
same rows in the same run."""
