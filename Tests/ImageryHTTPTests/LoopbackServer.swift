import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// An HTTP server on the loopback interface, whose answers a test decides.
final class LoopbackServer: Sendable {
    struct Request: Sendable {
        var path: String
        /// Names in lower case.
        var fields: [String: String]

        /// First and last byte of the `Range` field.
        var range: ClosedRange<Int>? {
            let numbers = (fields["range"] ?? "").split(whereSeparator: { "=-".contains($0) }).compactMap { Int($0) }
            return numbers.count == 2 ? numbers[0]...numbers[1] : nil
        }
    }

    private final class Log: Sendable {
        let requests = Mutex<[Request]>([])
        func add(_ request: Request) { requests.withLock { $0.append(request) } }
    }

    struct Reply: Sendable {
        var status = 200
        var fields: [String: String] = [:]
        var content: [UInt8] = []
        /// Bytes of the content after which the connection is closed; nil for all.
        var cut: Int?
        /// Seconds before the answer.
        var delay = 0.0
    }

    let port: UInt16
    private let descriptor: Int32
    private let log = Log()

    /// Starts listening; `answer` is called on a thread for each connection.
    init(_ answer: @escaping @Sendable (Request) -> Reply) throws {
        // A client that has gone away is an error of a write.
        signal(SIGPIPE, SIG_IGN)
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { place in
                bind(descriptor, place, length) == 0 && listen(descriptor, 16) == 0 && getsockname(descriptor, place, &length) == 0
            }
        }
        guard isBound else { throw POSIXError(.EADDRNOTAVAIL) }
        self.descriptor = descriptor
        port = UInt16(bigEndian: address.sin_port)
        Thread.detachNewThread { [log] in
            while true {
                let connection = accept(descriptor, nil, nil)
                guard connection >= 0 else { return }
                Thread.detachNewThread {
                    while let request = Self.receive(connection) {
                        log.add(request)
                        guard Self.send(answer(request), connection) else { break }
                    }
                    close(connection)
                }
            }
        }
    }

    /// Serves `bytes` by ranges as a well-behaved server does.
    convenience init(_ bytes: [UInt8], entityTag: String? = "\"one\"") throws {
        try self.init { Self.serve(bytes, $0, entityTag: entityTag) }
    }

    deinit {
        shutdown(descriptor, Int32(SHUT_RDWR))
        close(descriptor)
    }

    func address(_ path: String = "/file") -> String { "http://127.0.0.1:\(port)\(path)" }

    /// The requests so far.
    var requests: [Request] { log.requests.withLock { $0 } }

    /// The answer of a server that knows ranges and conditions.
    static func serve(_ bytes: [UInt8], _ request: Request, entityTag: String?) -> Reply {
        var fields: [String: String] = [:]
        if let entityTag { fields["ETag"] = entityTag }
        let isSame = request.fields["if-range"].map { $0 == entityTag } ?? true
        guard let range = request.range, isSame else { return Reply(status: 200, fields: fields, content: bytes) }
        guard range.lowerBound < bytes.count else {
            return Reply(status: 416, fields: fields.merging(["Content-Range": "bytes */\(bytes.count)"]) { $1 })
        }
        let part = range.clamped(to: 0...bytes.count - 1)
        fields["Content-Range"] = "bytes \(part.lowerBound)-\(part.upperBound)/\(bytes.count)"
        return Reply(status: 206, fields: fields, content: Array(bytes[part]))
    }

    private static func receive(_ connection: Int32) -> Request? {
        var text: [UInt8] = []
        var byte: UInt8 = 0
        while !text.suffix(4).elementsEqual([13, 10, 13, 10]) {
            guard text.count < 1 << 16, recv(connection, &byte, 1, 0) == 1 else { return nil }
            text.append(byte)
        }
        let lines = String(decoding: text, as: UTF8.self).split(separator: "\r\n")
        var fields: [String: String] = [:]
        for line in lines.dropFirst() {
            let sides = line.split(separator: ":", maxSplits: 1)
            if sides.count == 2 { fields[sides[0].lowercased()] = sides[1].trimmingCharacters(in: .whitespaces) }
        }
        let words = lines.first?.split(separator: " ") ?? []
        return words.count > 1 ? Request(path: String(words[1]), fields: fields) : nil
    }

    /// False when the connection is not to be used again.
    private static func send(_ reply: Reply, _ connection: Int32) -> Bool {
        if reply.delay > 0 { Thread.sleep(forTimeInterval: reply.delay) }
        var head = "HTTP/1.1 \(reply.status) Answer\r\nContent-Length: \(reply.content.count)\r\n"
        for (name, value) in reply.fields { head += "\(name): \(value)\r\n" }
        let bytes = Array((head + "\r\n").utf8) + reply.content.prefix(reply.cut ?? .max)
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { write(connection, $0.baseAddress! + done, bytes.count - done) }
            guard count > 0 else { return false }
            done += count
        }
        return reply.cut == nil
    }
}
