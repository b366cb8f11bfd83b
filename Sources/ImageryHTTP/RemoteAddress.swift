import Foundation
import ImageryBase

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Where a file lies, and what every request for it says.
struct RemoteAddress {
    let url: URL
    let headers: [String: String]
    /// The address without user, password and query, where secrets stand: for errors.
    let name: String

    /// Throws kind misuse for what is no http or https address.
    init(_ text: String, headers: [String: String]) throws(ImageryError) {
        guard var parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(), ["http", "https"].contains(scheme),
            parts.host?.isEmpty == false
        else {
            throw ImageryError(.misuse, "address", "is no http or https address with a host")
        }
        var all = headers
        if let user = parts.user {
            let pair = "\(user):\(parts.password ?? "")"
            all["Authorization"] = all["Authorization"] ?? "Basic \(Data(pair.utf8).base64EncodedString())"
            (parts.user, parts.password) = (nil, nil)
        }
        parts.fragment = nil
        guard let url = parts.url else { throw ImageryError(.misuse, "address", "is no http or https address with a host") }
        (parts.query, parts.scheme) = (nil, scheme)
        (self.url, self.headers, name) = (url, all, parts.string ?? scheme)
    }

    /// A request for bytes of the file at `place`, which is the address itself or where its server leads to.
    func request(at place: URL, _ range: Range<Int>, condition: String?) -> URLRequest {
        var request = URLRequest(url: place)
        if place.host == url.host, place.port == url.port {
            for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        }
        request.setValue("bytes=\(range.lowerBound)-\(range.upperBound - 1)", forHTTPHeaderField: "Range")
        request.setValue("identity", forHTTPHeaderField: "Accept-Encoding")
        if let condition { request.setValue(condition, forHTTPHeaderField: "If-Range") }
        return request
    }
}
