// Whoever builds a format needs the primitives too: one import line gives both.
@_exported public import ImageryPrimitives
