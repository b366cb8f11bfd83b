/// Where the samples of a component go.
@safe
struct ComponentTarget: @unchecked Sendable {
    var component: Int
    /// The samples that are wanted, on the component's raster of the level.
    var area: Area
    /// Where the first of them goes, and the bytes from a row to the next. The memory is the caller's.
    let base: UnsafeMutableRawPointer
    let rowStride: Int

    init(component: Int, area: Area, base: UnsafeMutableRawPointer, rowStride: Int) {
        self.component = component
        self.area = area
        unsafe self.base = base
        self.rowStride = rowStride
    }
}
