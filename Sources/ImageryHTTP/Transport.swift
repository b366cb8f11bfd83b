import Foundation
import Synchronization

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// One request and what comes back, to be told to whoever sent it.
protocol TransferDelegate: AnyObject, Sendable {
    /// The server leads elsewhere; the request to send there, nil not to follow.
    func redirected(to url: URL) -> URLRequest?
    /// The head of the answer; false when its content is not wanted.
    func received(_ answer: Answer, from url: URL?) -> Bool
    /// Some of the content.
    func received(_ content: Data)
    /// The end, with what went wrong.
    func ended(_ error: (any Error)?)
}

/// All requests of the process: they share connections.
final class Transport: NSObject, URLSessionDataDelegate, Sendable {
    static let shared = Transport()

    private let delegates = Mutex<[Int: any TransferDelegate]>([:])
    private let session = Mutex<URLSession?>(nil)

    /// Sends a request; the delegate is told on another thread.
    func begin(_ request: URLRequest, _ delegate: any TransferDelegate) -> URLSessionDataTask {
        let task = session.withLock { session in
            let open = session ?? makeSession()
            session = open
            return open.dataTask(with: request)
        }
        delegates.withLock { $0[task.taskIdentifier] = delegate }
        task.resume()
        return task
    }

    private func makeSession() -> URLSession {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpMaximumConnectionsPerHost = 8
        configuration.urlCache = nil
        configuration.httpShouldSetCookies = false
        let queue = OperationQueue()
        queue.maxConcurrentOperationCount = 1
        return URLSession(configuration: configuration, delegate: self, delegateQueue: queue)
    }

    private func delegate(of task: URLSessionTask) -> (any TransferDelegate)? {
        delegates.withLock { $0[task.taskIdentifier] }
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping (URLRequest?) -> Void
    ) {
        completionHandler(request.url.flatMap { delegate(of: task)?.redirected(to: $0) })
    }

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
    ) {
        guard let http = response as? HTTPURLResponse, let delegate = delegate(of: dataTask) else {
            return completionHandler(.cancel)
        }
        var fields: [String: String] = [:]
        for case (let name as String, let value as String) in http.allHeaderFields { fields[name] = value }
        completionHandler(delegate.received(Answer(status: http.statusCode, fields: fields), from: http.url) ? .allow : .cancel)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        delegate(of: dataTask)?.received(data)
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        delegates.withLock { $0.removeValue(forKey: task.taskIdentifier) }?.ended(error)
    }
}
