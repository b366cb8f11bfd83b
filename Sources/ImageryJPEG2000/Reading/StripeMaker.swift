// The stripes of a tile in their order (T.800 F.3: rows of the wavelet need rows of code-blocks).

import ImageryBase

/// Makes the stripes of groups of components, one group after the other. For one thread at a time.
final class StripeMaker {
    private let grid: ComponentGrid
    private let tile: Tile
    private let requests: [ComponentGroup.Request]
    private let stripCount: Int
    private let depth: Int
    private let context: ReadContext
    private var group: ComponentGroup?
    /// The request of the next stripe, and the stripe's place in it.
    private var next = (request: 0, stripe: 0)

    init(
        _ grid: ComponentGrid, _ tile: Tile, _ requests: [ComponentGroup.Request], stripCount: Int, depth: Int,
        _ context: ReadContext
    ) {
        self.grid = grid
        self.tile = tile
        self.requests = requests
        self.stripCount = stripCount
        self.depth = depth
        self.context = context
    }

    /// The next stripe, which gets a number.
    func make(_ number: Int) throws(ImageryError) -> Stripe {
        let request = requests[next.request]
        let group: ComponentGroup
        if let current = self.group {
            group = current
        } else {
            let isWide = request.components.contains { needsWide($0, tile.layout.components[$0], level: request.level) }
            group = try ComponentGroup(
                tile, request, formats: request.components.map { grid.format(of: $0) }, isWide: isWide, stripCount: stripCount,
                depth: depth, context)
        }
        let stripe = Stripe(number, group, request.stripes[next.stripe])
        if depth > 1 { group.touch(stripe.rows) }
        if next.stripe + 1 < request.stripes.count {
            next.stripe += 1
            self.group = group
        } else {
            next = (next.request + 1, 0)
            self.group = nil
        }
        return stripe
    }

    /// True when 32 bits do not hold the coefficients or the samples of a component.
    private func needsWide(_ number: Int, _ component: TileComponent, level: Int) -> Bool {
        let precision = grid.size.components[number].precision
        // The transforms add up to four bits, the coefficients have one of fraction; single precision has 24 bits.
        let most = component.style.isReversible ? 26 : 24
        return precision > most || grid.layout.pixelType.byteCount == 8
            || component.resolutions[...(component.style.levels - level)].contains { resolution in
                resolution.bands.contains { $0.magnitudeBits > CodeBlockDecoder.planesPerWord }
            }
    }
}
