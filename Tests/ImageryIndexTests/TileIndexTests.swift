import ImageryBase
import ImageryIndex
import Testing
