import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Why a transfer ended before its bytes had come, and whether another attempt may do better.
enum TransferFault {
    case passing(String)
    case lasting(String)

    /// Nil is a connection that the server closed early.
    init(_ error: (any Error)?) {
        guard let error else {
            self = .passing("the server ends the answer early")
            return
        }
        switch (error as? URLError)?.code {
        case .cannotFindHost?: self = .lasting("the host is not known")
        case .badURL?, .unsupportedURL?: self = .lasting("the address cannot be used")
        case .serverCertificateUntrusted?, .serverCertificateHasBadDate?, .serverCertificateHasUnknownRoot?,
            .serverCertificateNotYetValid?, .secureConnectionFailed?:
            self = .lasting("no secure connection: the server's certificate is not trusted")
        case .cannotConnectToHost?: self = .passing("the host does not answer")
        case .timedOut?: self = .passing("nothing came in time")
        case .networkConnectionLost?: self = .passing("the connection was lost")
        case let code?:
            // What libcurl refuses of a certificate has no code of its own with swift-corelibs-foundation.
            let words = error.localizedDescription
            self =
                words.contains("certificate")
                ? .lasting("no secure connection: \(words)")
                : .passing("the transfer failed (URL error \(code.rawValue): \(words))")
        case nil: self = .passing("the transfer failed (\(error))")
        }
    }
}
