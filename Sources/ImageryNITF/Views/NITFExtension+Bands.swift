// What bands and layers are (STDI-0002 Volume 1, Appendix X: BANDSB; JPEG 2000: J2KLRA).

public import ImageryBase

extension NITFExtension {
    /// BANDSB: what the numbers of bands mean.
    public struct BANDSB: ExtensionView, Hashable {
        /// CETAG.
        public static let tag = "BANDSB"
        /// One band.
        public struct Band: Hashable, Sendable {
            /// Its identifier.
            public var name: String?
            /// BAD_BAND as it stands in the file.
            public var badBandFlag: Int?
            /// The centre of the response, its width at half maximum, and its bounds, in the unit of ``BANDSB/wavelengthUnit``.
            public var wavelength, width, lowerBound, upperBound: Double?
            /// A value is `scale` times the sample, plus `offset`.
            public var scale, offset: Double?
        }

        /// The quantity of the samples, and the code of its unit.
        public var quantity, quantityUnit: String?
        /// A value is `scale` times the sample, plus `offset`.
        public var scale, offset: Double?
        /// The distance of rows and of columns on the ground, with the code of its unit.
        public var rowDistance, columnDistance: Double?
        /// The codes of their units.
        public var rowDistanceUnit, columnDistanceUnit: String?
        /// The code of the unit of wavelengths: U for micrometres, W for wave numbers a centimetre.
        public var wavelengthUnit: String?
        /// The bands in the order of the image.
        public var bands: [Band]

        /// The values of an extension's data; nil when it lacks what makes it one.
        public init?(_ fields: Value) {
            guard let list = fields["BANDS"]?.list else { return nil }
            (quantity, quantityUnit) = (fields.words("RADIOMETRIC_QUANTITY"), fields.words("RADIOMETRIC_QUANTITY_UNIT"))
            (scale, offset) = (fields.real("SCALE_FACTOR"), fields.real("ADDITIVE_FACTOR"))
            (rowDistance, columnDistance) = (fields.real("ROW_GSD"), fields.real("COL_GSD"))
            (rowDistanceUnit, columnDistanceUnit) = (fields.words("ROW_GSD_UNIT"), fields.words("COL_GSD_UNIT"))
            wavelengthUnit = fields.words("WAVE_LENGTH_UNIT")
            bands = list.map { band in
                Band(
                    name: band.words("BANDID"), badBandFlag: band.whole("BAD_BAND"),
                    wavelength: band.real("CWAVE") ?? band.real("NOM_WAVE"), width: band.real("FWHM"),
                    lowerBound: band.real("LBOUND"), upperBound: band.real("UBOUND"), scale: band.real("SCALE_FACTOR"),
                    offset: band.real("ADDITIVE_FACTOR"))
            }
        }

        /// The wavelength of each band in nanometres; nil where it is not given as a length.
        public var nanometres: [Double?] {
            bands.map { band in wavelengthUnit == "U" ? band.wavelength.map { $0 * 1_000 } : nil }
        }
    }

    /// J2KLRA: the quality layers of a JPEG 2000 codestream.
    public struct J2KLRA: ExtensionView, Hashable {
        /// CETAG.
        public static let tag = "J2KLRA"
        /// One layer, with the bits of a sample up to it.
        public struct Layer: Hashable, Sendable {
            /// Its number.
            public var number: Int
            /// Bits of a sample in this layer and those before it.
            public var bitsPerSample: Double
        }

        /// What a stream is that was made of another.
        public struct Parsed: Hashable, Sendable {
            /// Its decompositions, bands and layers.
            public var decompositions, bands, layers: Int
        }

        /// ORIG: even for an original stream, odd for one that was made of another without coding it again.
        public var origin: Int
        /// Decompositions, bands and layers of the original stream.
        public var decompositions, bands: Int
        /// The layers of the original stream.
        public var layers: [Layer]
        /// This stream, where it was made of another.
        public var parsed: Parsed?

        /// The values of an extension's data; nil when it lacks what makes it one.
        public init?(_ fields: Value) {
            guard let origin = fields.whole("ORIG"), let levels = fields.whole("NLEVELS_O"), let bands = fields.whole("NBANDS_O")
            else {
                return nil
            }
            (self.origin, decompositions, self.bands) = (origin, levels, bands)
            layers = (fields["LAYER"]?.list ?? []).compactMap { layer in
                layer.whole("LAYER_ID").flatMap { id in layer.real("BITRATE").map { Layer(number: id, bitsPerSample: $0) } }
            }
            if let levels = fields.whole("NLEVELS_I"), let bands = fields.whole("NBANDS_I"), let layers = fields.whole("NLAYERS_I")
            {
                parsed = Parsed(decompositions: levels, bands: bands, layers: layers)
            }
        }
    }
}
