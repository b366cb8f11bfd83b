// One import gives the whole model: the base's types appear in nearly every signature of this module.
@_exported public import ImageryBase
// Ground positions come from georeferences, which are the base's.
@_exported public import ImageryGeodesy
