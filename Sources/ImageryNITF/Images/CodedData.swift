// What the coding of an image segment begins with.

import ImageryBase

/// The data of a segment, and the mask before them.
struct CodedData {
    var source: any ByteSource
    var range: Range<Int>
    var mask: ImageDataMask?
    var context: String
}
