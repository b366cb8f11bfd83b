import ImageryBase

struct MetadataReader: Sendable {
    let source: any ByteSource
    let header: Header
    let limits: Limits
    func read() -> (metadata: Metadata, diagnostics: [Diagnostic]) { (Metadata(schema: .jpeg), []) }
    func dump() -> [DumpLine] { [] }
}
