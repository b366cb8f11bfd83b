// Data series of raster products (MIL-STD-2411-1 with change 3, 5.1.4).

import ImageryBase

/// A data series: maps of one scale, images of one resolution.
struct ProductSeries: Hashable, Sendable {
    /// The product that it belongs to.
    enum ProductType: String, Sendable {
        case compressedRasterMap = "CADRG"
        case controlledImageBase = "CIB"
        case compressedElevation = "CDTED"
    }

    let code: String
    let type: ProductType
    /// The denominator of the scale of a map, the metres of a pixel of others; nil where it varies.
    let scale: Double?
    let name: String

    /// The series of a code of two letters; nil for one that is not registered.
    init?(code: String) {
        guard let found = Self.all[code] else { return nil }
        self = found
    }

    private init(code: String, type: ProductType, scale: Double?, name: String) {
        (self.code, self.type, self.scale, self.name) = (code, type, scale, name)
    }

    /// Its pixels on the ground; nil where the scale varies, and for elevations.
    var grid: ArcGrid? {
        switch type {
        case .compressedRasterMap: scale.map { ArcGrid(scale: $0) }
        case .controlledImageBase: scale.map { ArcGrid(resolution: $0) }
        case .compressedElevation: nil
        }
    }

    private static let all: [String: ProductSeries] = {
        var all: [String: ProductSeries] = [:]
        for line in table.description.split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 3)
            guard words.count == 4 else { continue }
            let type: ProductType =
                switch words[1] {
                case "i": .controlledImageBase
                case "e": .compressedElevation
                default: .compressedRasterMap
                }
            all[String(words[0])] = ProductSeries(
                code: String(words[0]), type: type, scale: Double(words[2]), name: String(words[3]))
        }
        return all
    }()

    /// Code, product (m for maps, i for images, e for elevations), scale or metres (- where it varies), name.
    private static let table: StaticString = """
        A1 m 10000 Combat Charts
        A2 m 25000 Combat Charts
        A3 m 50000 Combat Charts
        A4 m 100000 Combat Charts
        AT m 200000 Series 200 Air Target Chart
        C1 m 10000 City Graphics
        C2 m 10560 City Graphics
        C3 m 11000 City Graphics
        C4 m 11800 City Graphics
        C5 m 12000 City Graphics
        C6 m 12500 City Graphics
        C7 m 12800 City Graphics
        C8 m 14000 City Graphics
        C9 m 14700 City Graphics
        CA m 15000 City Graphics
        CB m 15500 City Graphics
        CC m 16000 City Graphics
        CD m 16666 City Graphics
        CE m 17000 City Graphics
        CF m 17500 City Graphics
        CG m - City Graphics
        CH m 18000 City Graphics
        CJ m 20000 City Graphics
        CK m 21000 City Graphics
        CL m 21120 City Graphics
        CM m - Combat Charts
        CN m 22000 City Graphics
        CO m - Coastal Charts
        CP m 23000 City Graphics
        CQ m 25000 City Graphics
        CR m 26000 City Graphics
        CS m 35000 City Graphics
        CT m 36000 City Graphics
        D1 e 100 Elevation Data from DTED Level 1
        D2 e 30 Elevation Data from DTED Level 2
        EG m 11000000 North Atlantic Route Chart
        ES m 500000 VFR Sectional
        ET m 250000 VFR Sectional Insets
        F1 m 250000 Transit Flying Chart
        F2 m 250000 Transit Flying Chart
        F3 m 250000 Transit Flying Chart
        F4 m 250000 Transit Flying Chart
        F5 m 250000 Transit Flying Chart
        GN m 5000000 Global Navigation Chart
        HA m - Harbor and Approach Charts
        I1 i 10 Imagery
        I2 i 5 Imagery
        I3 i 2 Imagery
        I4 i 1 Imagery
        I5 i 0.5 Imagery
        IV i - Imagery
        JA m 250000 Joint Operations Graphic - Air
        JG m 250000 Joint Operations Graphic
        JN m 2000000 Jet Navigation Chart
        JO m 250000 Operational Planning Graphic
        JR m 250000 Joint Operations Graphic - Radar
        K1 m 8000 Image City Maps
        K2 m 10000 Image City Maps
        K3 m 10560 Image City Maps
        K7 m 12500 Image City Maps
        K8 m 12800 Image City Maps
        KB m 15000 Image City Maps
        KE m 16666 Image City Maps
        KM m 21120 Image City Maps
        KR m 25000 Image City Maps
        KS m 26000 Image City Maps
        KU m 36000 Image City Maps
        L1 m 500000 Low Flying Chart
        L2 m 500000 Low Flying Chart
        L3 m 500000 Low Flying Chart
        L4 m 500000 Low Flying Chart
        L5 m 500000 Low Flying Chart
        LF m 500000 Low Flying Chart (Day) - Host Nation
        LN m 500000 Low Flying Chart (Night) - Host Nation
        M1 m - Military Installation Map
        M2 m - Military Installation Map
        MH m 25000 Military Installation Maps
        MI m 50000 Military Installation Maps
        MJ m 100000 Military Installation Maps
        MM m - Miscellaneous Maps & Charts
        OA m - Naval Range Operating Area Chart
        OH m 1000000 VFR Helicopter Route Chart
        ON m 1000000 Operational Navigation Chart
        OW m 1000000 High Flying Chart - Host Nation
        P1 m 25000 Special Military Map - Overlay
        P2 m 25000 Special Military Purpose
        P3 m 25000 Special Military Purpose
        P4 m 25000 Special Military Purpose
        P5 m 50000 Special Military Map - Overlay
        P6 m 50000 Special Military Purpose
        P7 m 50000 Special Military Purpose
        P8 m 50000 Special Military Purpose
        P9 m 100000 Special Military Map - Overlay
        PA m 100000 Special Military Purpose
        PB m 100000 Special Military Purpose
        PC m 100000 Special Military Purpose
        PD m 250000 Special Military Map - Overlay
        PE m 250000 Special Military Purpose
        PF m 250000 Special Military Purpose
        PG m 250000 Special Military Purpose
        PH m 500000 Special Military Map - Overlay
        PI m 500000 Special Military Purpose
        PJ m 500000 Special Military Purpose
        PK m 500000 Special Military Purpose
        PL m 1000000 Special Military Map - Overlay
        PM m 1000000 Special Military Purpose
        PN m 1000000 Special Military Purpose
        PO m 1000000 Special Military Purpose
        PP m 2000000 Special Military Map - Overlay
        PQ m 2000000 Special Military Purpose
        PR m 2000000 Special Military Purpose
        PS m 5000000 Special Military Map - Overlay
        PT m 5000000 Special Military Purpose
        PU m 5000000 Special Military Purpose
        PV m 5000000 Special Military Purpose
        R1 m 50000 Range Charts
        R2 m 100000 Range Charts
        R3 m 250000 Range Charts
        R4 m 500000 Range Charts
        R5 m 1000000 Range Charts
        RC m 100000 Russian General Staff Maps
        RL m 50000 Russian General Staff Maps
        RR m 200000 Russian General Staff Maps
        RV m 50000 Riverine Map
        TC m 100000 Topographic Line Map
        TF m 250000 Transit Flying Chart
        TL m 50000 Topographic Line Map
        TN m 250000 Transit Flying Chart (Night) - Host nation
        TP m 500000 Tactical Pilotage Chart
        TQ m 24000 Topographic Line Map
        TR m 200000 Topographic Line Map
        TT m 25000 Topographic Line Map
        UL m 50000 Topographic Line Map
        V1 m 50000 Helicopter Route Chart Inset
        V2 m 62500 Helicopter Route Chart Inset
        V3 m 90000 Helicopter Route Chart Inset
        V4 m 250000 Helicopter Route Chart Inset
        VH m 125000 Helicopter Route Chart
        VN m 500000 Visual Navigation Charts
        VT m 250000 VFR Terminal Area Chart
        WA m 250000 IFR Enroute Low
        WB m 500000 IFR Enroute Low
        WC m 750000 IFR Enroute Low
        WD m 1000000 IFR Enroute Low
        WE m 1500000 IFR Enroute Low
        WF m 2000000 IFR Enroute Low
        WG m 2500000 IFR Enroute Low
        WH m 3000000 IFR Enroute Low
        WI m 3500000 IFR Enroute Low
        WK m 4500000 IFR Enroute Low
        XD m 1000000 IFR Enroute High
        XE m 1500000 IFR Enroute High
        XF m 2000000 IFR Enroute High
        XG m 2500000 IFR Enroute High
        XH m 3000000 IFR Enroute High
        XI m 3500000 IFR Enroute High
        XJ m 4000000 IFR Enroute High
        XK m 4500000 IFR Enroute High
        Y9 m 16500000 IFR Enroute Area
        YA m 250000 IFR Enroute Area
        YB m 500000 IFR Enroute Area
        YC m 750000 IFR Enroute Area
        YD m 1000000 IFR Enroute Area
        YE m 1500000 IFR Enroute Area
        YF m 2000000 IFR Enroute Area
        YI m 3500000 IFR Enroute Area
        YJ m 4000000 IFR Enroute Area
        YZ m 12000000 IFR Enroute Area
        Z8 m 16000000 IFR Enroute High/Low
        ZA m 250000 IFR Enroute High/Low
        ZB m 500000 IFR Enroute High/Low
        ZC m 750000 IFR Enroute High/Low
        ZD m 1000000 IFR Enroute High/Low
        ZE m 1500000 IFR Enroute High/Low
        ZF m 2000000 IFR Enroute High/Low
        ZG m 2500000 IFR Enroute High/Low
        ZH m 3000000 IFR Enroute High/Low
        ZI m 3500000 IFR Enroute High/Low
        ZJ m 4000000 IFR Enroute High/Low
        ZK m 4500000 IFR Enroute High/Low
        ZT m 9000000 IFR Enroute High/Low
        ZV m 10000000 IFR Enroute High/Low
        ZZ m 12000000 IFR Enroute High/Low
        """
}
