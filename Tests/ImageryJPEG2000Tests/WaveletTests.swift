import Testing

@testable import ImageryJPEG2000
