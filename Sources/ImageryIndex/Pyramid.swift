// The levels as the multiscales convention of Zarr describes them.

import ImageryBase
import ImageryPlumbing

extension TileIndex {
    /// The attributes of the root: the source, and how much smaller each level is than the one before it (rows, columns).
    func pyramid(source: String) -> String {
        var json = JSONWriter()
        json.object { json in
            json.key("source")
            json.string(source)
            json.key("zarr_conventions")
            json.array { json in
                json.object { json in
                    for (key, value) in Self.convention {
                        json.key(key)
                        json.string(value)
                    }
                }
            }
            json.key("multiscales")
            json.object { json in
                json.key("layout")
                json.array { json in levels.indices.forEach { write(level: $0, to: &json) } }
            }
        }
        return json.text
    }

    private func write(level: Int, to json: inout JSONWriter) {
        let shape = levels[level].blocks.shape
        let larger = level > 0 ? levels[level - 1].blocks.shape : shape
        json.object { json in
            json.key("asset")
            json.string("\(level)")
            if level > 0 {
                json.key("derived_from")
                json.string("\(level - 1)")
            }
            json.key("transform")
            json.object { json in
                json.key("scale")
                json.array { json in
                    json.number(Double(larger.rows) / Double(shape.rows))
                    json.number(Double(larger.columns) / Double(shape.columns))
                }
                json.key("translation")
                json.array { json in
                    json.number(0)
                    json.number(0)
                }
            }
        }
    }

    /// The convention by which the attributes are read.
    private static let convention = [
        ("uuid", "d35379db-88df-4056-af3a-620245f8e347"),
        (
            "schema_url",
            "https://raw.githubusercontent.com/zarr-conventions/multiscales/refs/tags/v1/schema.json"
        ),
        ("spec_url", "https://github.com/zarr-conventions/multiscales/blob/v1/README.md"),
        ("name", "multiscales"),
    ]
}
