// Where a value stands among the fields of a header: NAME, GROUP[2].NAME, TAG.NAME, TAG[1].GROUP[0].NAME.

import ImageryBase

/// Names from a header down to a value.
struct FieldPath: Sendable {
    struct Step: Sendable {
        var name: String
        /// Which entry of a list, or which of several values of that name, from 0.
        var index: Int?
    }

    var steps: [Step]
    let text: String

    /// Throws kind misuse for a text that is no path.
    init(_ text: Substring) throws(ImageryError) {
        self.text = String(text)
        var steps: [Step] = []
        for part in text.split(separator: ".", omittingEmptySubsequences: false) {
            var step = Step(name: String(part), index: nil)
            if let open = part.firstIndex(of: "[") {
                guard part.last == "]", let index = Int(part[part.index(after: open)...].dropLast()), index >= 0 else {
                    throw ImageryError(.misuse, self.text, "the number in brackets is none")
                }
                step = Step(name: String(part[..<open]), index: index)
            }
            guard !step.name.isEmpty else { throw ImageryError(.misuse, self.text, "a name is missing") }
            steps.append(step)
        }
        self.steps = steps
    }

    private init(steps: ArraySlice<Step>, text: String) {
        self.steps = Array(steps)
        self.text = text
    }

    var first: Step { steps[0] }
    var last: Step { steps[steps.count - 1] }
    /// The path behind the first name; nil when there is none.
    var rest: FieldPath? { steps.count > 1 ? FieldPath(steps: steps.dropFirst(), text: text) : nil }

    /// The value at the path; nil when there is none.
    func value(in entries: [Metadata.Entry]) -> Value? {
        let found = entries.filter { $0.name == first.name }
        guard var value = found.first?.value else { return nil }
        if let list = value.list {
            guard let index = first.index, list.indices.contains(index) else {
                return first.index == nil && rest == nil ? value : nil
            }
            value = list[index]
        } else if let index = first.index {
            guard found.indices.contains(index) else { return nil }
            value = found[index].value
        }
        guard let rest else { return value }
        return value.group.flatMap { rest.value(in: $0.entries) }
    }

    /// Puts a value at the path. A name that `isKnown` but has no value yet gets one; the number behind the last of a list adds to it.
    ///
    /// Throws kind misuse for a name that is not known or a place that is none.
    func set(_ value: Value, in entries: inout [Metadata.Entry], context: String, isKnown: (String) -> Bool) throws(ImageryError) {
        let places = entries.indices.filter { entries[$0].name == first.name }
        guard let place = places.first else {
            guard isKnown(first.name) else { throw ImageryError(.misuse, context, "\(first.name) is no field of it") }
            guard first.index ?? 0 == 0 else {
                throw ImageryError(.misuse, context, "\(first.name) has no value number \(first.index ?? 0)")
            }
            var added = value
            if let rest {
                var inner: [Metadata.Entry] = []
                try rest.set(value, in: &inner, context: context, isKnown: isKnown)
                added = Value(group: inner)
            }
            entries.append(.init(first.name, first.index == nil ? added : Value(list: [added])))
            return
        }
        if var list = entries[place].value.list {
            guard let index = first.index, index <= list.count else {
                throw ImageryError(
                    .misuse, context, "\(first.name) has the values \(first.name)[0] to \(first.name)[\(max(0, list.count - 1))]")
            }
            var changed = value
            if let rest {
                var inner = index < list.count ? list[index].group?.entries ?? [] : []
                try rest.set(value, in: &inner, context: context, isKnown: isKnown)
                changed = Value(group: inner)
            }
            if index < list.count { list[index] = changed } else { list.append(changed) }
            entries[place].value = Value(list: list)
            return
        }
        guard places.indices.contains(first.index ?? 0) else {
            throw ImageryError(.misuse, context, "\(first.name) is there \(places.count) times, which count from 0")
        }
        let own = places[first.index ?? 0]
        guard let rest else {
            entries[own].value = value
            return
        }
        guard var inner = entries[own].value.group?.entries else {
            throw ImageryError(.misuse, context, "\(first.name) has no fields of its own that are known")
        }
        try rest.set(value, in: &inner, context: context, isKnown: isKnown)
        entries[own].value = Value(group: inner)
    }
}
