import ImageryBase
struct MetadataReader { let source: any ByteSource; let chunks: ChunkList; let limits: Limits
func read() -> (metadata: Metadata, diagnostics: [Diagnostic]) { (Metadata(schema: .png), []) }
func dump() -> [DumpLine] { [] } }
