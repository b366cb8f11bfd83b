import ImageryBase
import ImageryJPEG
import Testing
