// The order of packets (T.800 B.12).

import ImageryBase

/// Names a packet.
struct PacketPlace {
    var component: Int
    var resolution: Int
    /// The precinct's number, row by row.
    var precinct: Int
    var layer: Int
}

/// Gives the packets of a tile in their order.
///
/// A volume holds whole resolutions, so how many layers of one came already is the same in all its precincts, and "the next layer" of
/// B.12.2 is one number a resolution. Precincts of a resolution come row by row in every order, so that the orders by position need only
/// merge sequences that are in order themselves.
struct PacketSequence {
    /// A resolution with packets in the current volume.
    private struct Member {
        var component: Int
        var resolution: Int
        var precincts: Int
        /// Layers that came in volumes before.
        var firstLayer: Int
    }

    private let tile: TileLayout
    let size: ImageSize
    private let layers: Int
    private let volumes: [ProgressionVolume]
    private var nextVolume = 0
    private var order = ProgressionOrder.layerResolutionComponentPosition
    private var layerEnd = 0
    /// Layers that came, by component and resolution.
    private var layersDone: [[UInt16]]
    /// Grows whenever a layer of a group of resolutions is complete.
    private(set) var milestones = 0

    private var members: [Member] = []
    /// Members of one resolution (RLCP, RPCL) or component (CPRL) follow each other.
    private var group = 0..<0
    private var layer = 0
    private var member = 0
    private var precinct = 0
    private var queue = PrecinctQueue()
    private var isInPrecinct = false
    /// Members that may still be listed: volumes that hold nothing new must not cost more than a header can (B.12.3 allows any number).
    private var budget: Int

    init(_ tile: TileLayout, _ size: ImageSize) {
        self.tile = tile
        self.size = size
        layers = tile.progression.layers
        volumes =
            tile.volumes.isEmpty
            ? [
                ProgressionVolume(
                    resolutions: 0..<33, components: 0..<tile.components.count, layerEnd: layers, order: tile.progression.order)
            ] : tile.volumes
        layersDone = tile.components.map { [UInt16](repeating: 0, count: $0.resolutions.count) }
        budget = (1 << 22) + 64 * tile.components.count
    }

    /// True when all packets of the resolution came.
    func isComplete(component: Int, resolution: Int, layers wanted: Int) -> Bool {
        Int(layersDone[component][resolution]) >= min(layers, wanted)
            || tile.components[component].resolutions[resolution].precinctCount == 0
    }

    /// The next packet; nil after the last.
    mutating func next() -> PacketPlace? {
        while true {
            if let place = nextOfVolume() { return place }
            guard nextVolume < volumes.count, budget > 0 else { return nil }
            begin(volumes[nextVolume])
            nextVolume += 1
        }
    }

    private mutating func begin(_ volume: ProgressionVolume) {
        order = volume.order
        layerEnd = min(volume.layerEnd, layers)
        members.removeAll(keepingCapacity: true)
        let components = volume.components.clamped(to: 0..<tile.components.count)
        let isByComponent = order == .componentPositionResolutionLayer
        func add(_ c: Int, _ r: Int) {
            budget -= 1
            guard r < tile.components[c].resolutions.count, Int(layersDone[c][r]) < layerEnd else { return }
            let count = tile.components[c].resolutions[r].precinctCount
            if count > 0 {
                members.append(Member(component: c, resolution: r, precincts: count, firstLayer: Int(layersDone[c][r])))
            }
        }
        let resolutions = volume.resolutions.clamped(to: 0..<33)
        if isByComponent {
            for c in components where budget > 0 { for r in resolutions { add(c, r) } }
        } else {
            for r in resolutions where budget > 0 { for c in components { add(c, r) } }
        }
        group = 0..<0
        isInPrecinct = false
        member = 0
        precinct = 0
        layer = members.reduce(layerEnd) { min($0, $1.firstLayer) }
        switch order {
        case .layerResolutionComponentPosition: group = members.indices
        case .positionComponentResolutionLayer:
            group = members.indices
            fillQueue()
        default: break
        }
    }

    private mutating func nextOfVolume() -> PacketPlace? {
        switch order {
        case .layerResolutionComponentPosition: return nextByLayer()
        case .resolutionLayerComponentPosition:
            while true {
                if let place = nextByLayer() { return place }
                guard nextGroup() else { return nil }
                layer = members[group].reduce(layerEnd) { min($0, $1.firstLayer) }
                member = group.lowerBound
                precinct = 0
            }
        case .positionComponentResolutionLayer: return nextByPosition()
        case .resolutionPositionComponentLayer, .componentPositionResolutionLayer:
            while true {
                if let place = nextByPosition() { return place }
                guard nextGroup() else { return nil }
                fillQueue()
            }
        }
    }

    /// Notes that all members of the group have their layers up to `end`.
    private mutating func complete(_ end: Int) {
        milestones += 1
        for current in members[group] {
            let done = layersDone[current.component][current.resolution]
            layersDone[current.component][current.resolution] = max(done, UInt16(end))
        }
    }

    /// The members after the current group that have a resolution, or component, in common.
    private mutating func nextGroup() -> Bool {
        let start = group.upperBound
        guard start < members.count else { return false }
        let isByComponent = order == .componentPositionResolutionLayer
        func key(_ member: Member) -> Int { isByComponent ? member.component : member.resolution }
        var end = start + 1
        while end < members.count, key(members[end]) == key(members[start]) { end += 1 }
        group = start..<end
        return true
    }

    /// Layer by layer, member by member, precinct by precinct (LRCP, and RLCP inside a resolution).
    private mutating func nextByLayer() -> PacketPlace? {
        while layer < layerEnd, !group.isEmpty {
            while member < group.upperBound {
                let current = members[member]
                if layer >= current.firstLayer, precinct < current.precincts {
                    precinct += 1
                    return PacketPlace(
                        component: current.component, resolution: current.resolution, precinct: precinct - 1, layer: layer)
                }
                member += 1
                precinct = 0
            }
            member = group.lowerBound
            layer += 1
            complete(layer)
        }
        return nil
    }

    private mutating func fillQueue() {
        queue.removeAll()
        isInPrecinct = false
        for index in group { queue.insert(entry(index, precinct: 0)) }
    }

    /// Precinct by precinct, all layers of each.
    private mutating func nextByPosition() -> PacketPlace? {
        while let first = queue.first {
            let current = members[first.member]
            if !isInPrecinct {
                isInPrecinct = true
                layer = current.firstLayer
            }
            if layer < layerEnd {
                layer += 1
                return PacketPlace(
                    component: current.component, resolution: current.resolution, precinct: first.precinct, layer: layer - 1)
            }
            isInPrecinct = false
            if first.precinct + 1 < current.precincts {
                queue.replaceFirst(entry(first.member, precinct: first.precinct + 1))
            } else {
                queue.removeFirst()
                if queue.first == nil { complete(layerEnd) }
            }
        }
        return nil
    }

    /// Where a precinct stands on the reference grid (B.12.1.3): at the corner of its cell, or at the tile's edge when that cuts the cell.
    private func entry(_ index: Int, precinct: Int) -> PrecinctQueue.Entry {
        let member = members[index]
        let component = tile.components[member.component]
        let resolution = component.resolutions[member.resolution]
        let scale = component.style.levels - member.resolution
        let column = precinct % resolution.precinctsWide
        let row = precinct / resolution.precinctsWide
        // Below 2^33 x 2^8: a cell that begins in the tile-component, brought back to the grid.
        func place(_ cell: Int, _ exponent: Int, _ start: Int, _ edge: Int, _ separation: Int) -> Int {
            cell << exponent < start ? edge : (cell << exponent) << scale * separation
        }
        let sizes = size.components[member.component]
        return PrecinctQueue.Entry(
            y: place(resolution.precinctY + row, resolution.precinctHeightExponent, resolution.area.y0, tile.area.y0, sizes.dy),
            x: place(resolution.precinctX + column, resolution.precinctWidthExponent, resolution.area.x0, tile.area.x0, sizes.dx),
            order: member.component << 6 | member.resolution, member: index, precinct: precinct)
    }
}

/// The next precinct of each resolution, the one that comes first on top (a binary heap).
private struct PrecinctQueue {
    struct Entry {
        var y: Int
        var x: Int
        /// Component, then resolution.
        var order: Int
        var member: Int
        var precinct: Int

        func isBefore(_ other: Entry) -> Bool {
            if y != other.y { return y < other.y }
            if x != other.x { return x < other.x }
            return order < other.order
        }
    }

    private var entries: [Entry] = []

    var first: Entry? { entries.first }

    mutating func removeAll() { entries.removeAll(keepingCapacity: true) }

    mutating func insert(_ entry: Entry) {
        entries.append(entry)
        var child = entries.count - 1
        while child > 0, entries[child].isBefore(entries[(child - 1) / 2]) {
            entries.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func removeFirst() {
        guard let last = entries.popLast(), !entries.isEmpty else { return }
        replaceFirst(last)
    }

    mutating func replaceFirst(_ entry: Entry) {
        entries[0] = entry
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < entries.count && entries[child].isBefore(entries[least]) {
                least = child
            }
            if least == parent { return }
            entries.swapAt(parent, least)
            parent = least
        }
    }
}
