// Where restart intervals begin (T.81 E.2.4): without decoding what is before them.

import ImageryBase
import Synchronization

/// The places of the restart markers of a scan, looked for as far as they are asked for.
final class RestartIndex: Sendable {
    /// MCUs of an interval.
    let interval: Int
    private let source: any ByteSource
    private let step: Int
    private let state: Mutex<State>

    private struct State {
        /// Where the data of every ``step``-th interval begins.
        var starts: [Int]
        /// The interval behind the last marker that was found, and where it begins.
        var last = 0
        var position: Int
        /// Markers do not count up from here on: decoding finds out what to make of them.
        var isBroken = false
    }

    /// Places that are kept; of more intervals only every n-th is.
    private static let capacity = 1 << 16

    /// Of a scan of `mcus` MCUs whose data begins at `offset`; `interval` is not zero.
    init(_ source: any ByteSource, offset: Int, interval: Int, mcus: Int) {
        self.source = source
        self.interval = interval
        step = mcus / interval / Self.capacity + 1
        state = Mutex(State(starts: [offset], position: offset))
    }

    /// The latest interval up to `number` whose beginning is known, and where it is. Nil when the markers up to `number` do not
    /// follow each other as they should.
    func start(upTo number: Int) throws(ImageryError) -> (number: Int, offset: Int)? {
        let result: Result<(number: Int, offset: Int)?, ImageryError> = state.withLock { state in
            do throws(ImageryError) {
                while state.last < number && !state.isBroken { try advance(&state) }
            } catch {
                return .failure(error)
            }
            guard state.last >= number else { return .success(nil) }
            let place = number / step
            return .success((place * step, state.starts[place]))
        }
        return try result.get()
    }

    /// Finds the next marker. In a scan every FF that is not stuffed begins one.
    private func advance(_ state: inout State) throws(ImageryError) {
        let expected = Marker.rst.lowerBound + UInt8(state.last & 7)
        let found = try SegmentReader(source: source, position: 0).findMarker(from: state.position)
        guard let found, found.code == expected else {
            state.isBroken = true
            return
        }
        state.last += 1
        state.position = found.offset + 2
        if state.last % step == 0 { state.starts.append(state.position) }
    }
}
