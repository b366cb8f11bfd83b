// What of a tile has to be decoded for samples that are wanted (T.800 B.7, F.3, G.2).

extension TileComponent {
    /// How the region of a level is made.
    func synthesis(of region: Area, level: Int) -> SynthesisGeometry {
        SynthesisGeometry(
            bounds: area.reduced(level), region: region, decompositionLevels: style.levels, reduction: level,
            reversible: style.isReversible)
    }
}

extension TileLayout {
    /// The components that have to be decoded for the wanted ones: the three of a component transform only together.
    func needed(for wanted: some Sequence<Int>) -> (components: [Int], mixed: Bool) {
        let mixed = mixesComponents && wanted.contains { $0 < 3 }
        return (Set(wanted).union(mixed ? [0, 1, 2] : []).sorted(), mixed)
    }

    /// The precincts that hold code-blocks for areas of components at a level which all components have.
    func precincts(under areas: [Int: Area], level: Int) -> [PrecinctSelection] {
        let (needed, mixed) = needed(for: areas.keys)
        let together = (0..<3).compactMap { areas[$0] }.first
        return needed.compactMap { number in
            let component = components[number]
            guard let area = mixed && number < 3 ? together : areas[number] else { return nil }
            let region = component.area.reduced(level).intersection(area)
            if region.isEmpty { return nil }
            return PrecinctSelection(component: number, component, component.synthesis(of: region, level: level))
        }
    }

    /// True when the first three components were transformed together: they have one area and one wavelet (G.2, G.3).
    var mixesComponents: Bool {
        guard progression.transformsComponents, components.count >= 3 else { return false }
        let first = components[0]
        return components[1...2].allSatisfy { $0.area == first.area && $0.style.isReversible == first.style.isReversible }
    }
}
