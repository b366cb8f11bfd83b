// Stripes of a tile on several threads: while the wavelet works on one, code-blocks of the next are decoded.

import Dispatch
import ImageryBase
import Synchronization

/// Rows of components that are decoded together, and the code-blocks that have to be decoded for them.
///
/// Safe to share: it does not change, a block has coefficients of its own, and a strip is worked on by one thread at a time.
final class Stripe: @unchecked Sendable {
    /// Its place in the order of all stripes.
    let number: Int
    let group: ComponentGroup
    let rows: Range<Int>
    let jobs: [BlockJob]

    /// Stripes of a group are made in rising order.
    init(_ number: Int, _ group: ComponentGroup, _ rows: Range<Int>) {
        self.number = number
        self.group = group
        self.rows = rows
        jobs = group.jobs(before: rows.upperBound)
    }
}

/// Hands out the work on stripes, and knows what has to wait for what.
///
/// A stripe's blocks come before its strips of columns, and these before the strips of the next stripe. At most `depth` stripes are
/// there at a time, since they share the memory of coefficients. Work that others wait for is handed out first. A thread only ever
/// waits for what another has begun, so that one thread alone finishes too.
final class StripeQueue: Sendable {
    enum Work {
        /// Make the stripe of that number and hand it to ``add(_:)``.
        case make(Int)
        case block(Stripe, index: Int)
        case strip(Stripe, index: Int)

        /// The order in which one thread alone works.
        fileprivate var place: (stripe: Int, step: Int, index: Int) {
            switch self {
            case .make(let number): (number, 0, 0)
            case .block(let stripe, let index): (stripe.number, 1, index)
            case .strip(let stripe, let index): (stripe.number, 2, index)
            }
        }
    }

    private struct Slot {
        let stripe: Stripe
        var nextBlock = 0
        var blocksLeft: Int
        var nextStrip = 0
        var stripsLeft: Int

        init(_ stripe: Stripe) {
            self.stripe = stripe
            blocksLeft = stripe.jobs.count
            stripsLeft = stripe.group.stripCount
        }
    }

    private struct State {
        /// Stripe k is in slot k % `depth`.
        var slots: [Slot?]
        /// How many stripes were made, and whether the next one is being made.
        var made = 0
        var isMaking = false
        /// How many stripes are finished.
        var finished = 0
        /// Threads that wait.
        var waiting = 0
        var failure: (place: (stripe: Int, step: Int, index: Int), error: ImageryError)?
    }

    private enum Choice {
        case work(Work)
        case wait
        case end
    }

    private let count: Int
    private let depth: Int
    private let state: Mutex<State>
    private let wakeUp = DispatchSemaphore(value: 0)

    init(count: Int, depth: Int) {
        self.count = count
        self.depth = depth
        state = Mutex(State(slots: [Slot?](repeating: nil, count: depth)))
    }

    /// The error of the work that one thread alone would have come to first.
    var failure: ImageryError? { state.withLock { $0.failure?.error } }

    /// The next piece of work, waited for if need be; nil when nothing is left to be handed out.
    func next() -> Work? {
        while true {
            let choice = state.withLock { state in
                let choice = choose(&state)
                if case .wait = choice { state.waiting += 1 }
                return choice
            }
            switch choice {
            case .work(let work): return work
            case .wait: wakeUp.wait()
            case .end: return nil
            }
        }
    }

    func add(_ stripe: Stripe) {
        change { state in
            state.slots[stripe.number % depth] = Slot(stripe)
            state.made += 1
            state.isMaking = false
            return true
        }
    }

    /// Says that a block or strip is done.
    func finish(_ work: Work) {
        change { state in
            switch work {
            case .make: return false
            case .block(let stripe, _):
                state.slots[stripe.number % depth]?.blocksLeft -= 1
                return state.slots[stripe.number % depth]?.blocksLeft == 0
            case .strip(let stripe, _):
                state.slots[stripe.number % depth]?.stripsLeft -= 1
                guard state.slots[stripe.number % depth]?.stripsLeft == 0 else { return false }
                state.slots[stripe.number % depth] = nil
                state.finished += 1
                return true
            }
        }
    }

    /// Nothing but blocks that one thread alone would have come to before is handed out from now on.
    func fail(_ work: Work, _ error: ImageryError) {
        change { state in
            if let failure = state.failure, failure.place < work.place { return true }
            state.failure = (work.place, error)
            return true
        }
    }

    /// Changes the state, and wakes all threads when there may be work for them.
    private func change(_ body: (inout State) -> Bool) {
        let sleepers = state.withLock { state in
            guard body(&state) else { return 0 }
            defer { state.waiting = 0 }
            return state.waiting
        }
        for _ in 0..<sleepers { wakeUp.signal() }
    }

    private func choose(_ state: inout State) -> Choice {
        let failed = state.failure?.place
        if failed == nil {
            if state.finished == count { return .end }
            let first = state.finished % depth
            if let slot = state.slots[first], slot.blocksLeft == 0, slot.nextStrip < slot.stripe.group.stripCount {
                state.slots[first]?.nextStrip += 1
                return .work(.strip(slot.stripe, index: slot.nextStrip))
            }
            if !state.isMaking, state.made < min(count, state.finished + depth) {
                state.isMaking = true
                return .work(.make(state.made))
            }
        }
        for number in state.finished..<state.made {
            guard let slot = state.slots[number % depth], slot.nextBlock < slot.stripe.jobs.count else { continue }
            let work = Work.block(slot.stripe, index: slot.nextBlock)
            if let failed, failed < work.place { break }
            state.slots[number % depth]?.nextBlock += 1
            return .work(work)
        }
        return failed == nil ? .wait : .end
    }
}
