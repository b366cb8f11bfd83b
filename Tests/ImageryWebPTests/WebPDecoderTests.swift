import ImageryWebP
import TestSupport
import Testing

/// An image of 13 × 9 pixels as Pillow 13.0.0 with libwebp 1.6.0 wrote it, and as it read it again.
struct WebPVector: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var samples: Int
    var file: [UInt8]
    var pixels: [UInt8]

    static let (columns, rows) = (13, 9)

    init(_ options: String, samples: Int, _ file: String, _ pixels: String) {
        testDescription = options
        self.samples = samples
        self.file = hex(file)
        self.pixels = hex(pixels)
    }
}

/// Decodes `rows` rows into memory that they fill.
func decode(
    _ file: [UInt8], rows: Int = WebPVector.rows, columns: Int = WebPVector.columns, samples: Int
) throws -> (pixels: [UInt8], progress: WebPProgress) {
    var output = [UInt8](repeating: 0xAA, count: max(0, rows) * columns * samples + 16)
    let progress = try file.withUnsafeBytes { input in
        try output.withUnsafeMutableBytes {
            let room = UnsafeMutableRawBufferPointer(rebasing: $0[..<($0.count - 16)])
            return try WebPDecoder.decode(input, columns: columns, rows: rows, samples: samples, into: room)
        }
    }
    #expect(output.suffix(16).allSatisfy { $0 == 0xAA })
    return (Array(output[..<(progress.rows * columns * samples)]), progress)
}

let webPVectors = [
    WebPVector(
        "gradient, lossless=True, quality=100, method=6", samples: 3,
        "524946462e000000574542505650384c210000002f0c000200b98ce87f2c06a210d1ff280809083ffcbfaae93331fe3101c059370000",
        """
        00000013000726000e3900154c001c5f002372002a850031980038ab003fbe0046d1004de40054001b0b131b12261b19391b204c1b275f1b2e72
        1b35851b3c981b43ab1b4abe1b51d11b58e41b5f00361613361d26362439362b4c36325f363972364085364798364eab3655be365cd13663e436
        6a00512113512826512f3951364c513d5f514472514b855152985159ab5160be5167d1516ee45175006c2c136c33266c3a396c414c6c485f6c4f
        726c56856c5d986c64ab6c6bbe6c72d16c79e46c8000873713873e26874539874c4c87535f875a72876185876898876fab8776be877dd18784e4
        878b00a24213a24926a25039a2574ca25e5fa26572a26c85a27398a27aaba281bea288d1a28fe4a29600bd4d13bd5426bd5b39bd624cbd695fbd
        7072bd7785bd7e98bd85abbd8cbebd93d1bd9ae4bda100d85813d85f26d86639d86d4cd8745fd87b72d88285d88998d890abd897bed89ed1d8a5
        e4d8ac
        """),
    WebPVector(
        "four colours, lossless=True", samples: 3,
        """
        5249464656000000574542505650384c4a0000002f0c0002001f20242054efbd74494ddb06cc970efe448ba0420282e8ff567dfe83d3e6290635
        91ad461c1d52304489145444c2e902491190ee9b88e87f745e424d510cfb0c7f21e8bc04
        """,
        """
        ff0000ff0000ff00000080ff0080ff0080ff090909090909090909faf00afaf00afaf00aff0000ff0000ff0000ff00000080ff0080ff0080ff09
        0909090909090909faf00afaf00afaf00aff00000080ff0080ff0080ff090909090909090909faf00afaf00afaf00aff0000ff0000ff00000080
        ff0080ff0080ff0080ff090909090909090909faf00afaf00afaf00aff0000ff0000ff00000080ff090909090909090909faf00afaf00afaf00a
        ff0000ff0000ff00000080ff0080ff0080ff090909090909090909090909faf00afaf00afaf00aff0000ff0000ff00000080ff0080ff0080ff09
        0909faf00afaf00afaf00aff0000ff0000ff00000080ff0080ff0080ff090909090909090909faf00afaf00afaf00afaf00aff0000ff0000ff00
        000080ff0080ff0080ff090909090909090909faf00aff0000ff0000ff00000080ff0080ff0080ff090909090909090909faf00afaf00afaf00a
        ff0000
        """),
    WebPVector(
        "alpha, lossless=True, exact=True", samples: 4,
        """
        5249464630000000574542505650384c230000002f0c000210b93244f43f7611d1ff0061b6513dce5f75af039889191bff0920c903e66b00
        """,
        """
        000063ff130063ff260063ff390063ff4c0063ff5f0063ff720063ff850063ff980063ffab0063ffbe0063ffd10063ffe40063ff001b63ff131b
        63fd261b63fb391b63f94c1b63f75f1b63f5721b63f3851b63f1981b63efab1b63edbe1b63ebd11b63e9e41b63e7003663ff133663fb263663f7
        393663f34c3663ef5f3663eb723663e7853663e3983663dfab3663dbbe3663d7d13663d3e43663cf005163ff135163f9265163f3395163ed4c51
        63e75f5163e1725163db855163d5985163cfab5163c9be5163c3d15163bde45163b7006c63ff136c63f7266c63ef396c63e74c6c63df5f6c63d7
        726c63cf856c63c7986c63bfab6c63b7be6c63afd16c63a7e46c639f008763ff138763f5268763eb398763e14c8763d75f8763cd728763c38587
        63b9988763afab8763a5be87639bd1876391e487638700a263ff13a263f326a263e739a263db4ca263cf5fa263c372a263b785a263ab98a2639f
        aba26393bea26387d1a2637be4a2636f00bd63ff13bd63f126bd63e339bd63d54cbd63c75fbd63b972bd63ab85bd639d98bd638fabbd6381bebd
        6373d1bd6365e4bd635700d863ff13d863ef26d863df39d863cf4cd863bf5fd863af72d8639f85d8638f98d8637fabd8636fbed8635fd1d8634f
        e4d8633f
        """),
    WebPVector(
        "waves, quality=70", samples: 3,
        """
        5249464650000000574542505650382044000000f001009d012a0d000900024038259802744700014161c50000fef288ca52627edbff6dbb9db2
        04e54bf5439aefedd293c7de6655dc7a1336f14d8367c905932148d00000
        """,
        """
        b4a49ad0b99eeac88deecb80ebcb86d4be8faeaba1929fb3708bbb6281bf657fc17289c1879cbeb1a096ccb59be7c58aebc77de8c883d0ba8bab
        a89e8f9bb06d87b75f7ebc627cbe6e85bd8399bbac9c91c6af95e1bf84e6c378e3c37eccb686a6a3998995aa6781b15978b65c76b8697fb77e94
        b6a9988ec3ac92ddbc80e3bf75e0c07bc8b283a3a0958592a7637eae5574b35972b5657cb47b91b298887eb39c81cdab70d1ae63ceae69b7a171
        918e84748095546c9c4463a14761a3546aa2697fa18d7c72a89177c3a166c7a359c4a45fac966787847969768b4961923958973b579948619861
        74967f6e64998268b39256b8944ab594509d875878756a5a677b3a52832a49882c488a3852895165877363588f785da9874cad8a3faa8a45937d
        4d6d6a60505c71304778203f7d203e7f2e477e475a7d6c5c51887156a28045a68338a0803b887243636055455267253d6e153473153475223d74
        425376
        """),
    WebPVector(
        "waves, quality=20, method=0", samples: 3,
        """
        524946464800000057454250565038203c0000005001009d012a0d00090005407c25980004fd8000fec7ff9efc6be4df005bf86ff5a2a0b5854e
        49a9e02e50fe9555843bf55546a96c4c938243a48000
        """,
        """
        b1b6b4c1bea8decb8df1d583f2d684dbc789b3b09a8e9ead6d93c16390cc6e93c97b95c38999bfa9aeacb9b6a0d6c285e9cd7beace7cd3bf81ab
        a8928696a5658bb95b88c4668bc0738dbb8091b79ea2a1aeaa95cab779ddc16fdec271c7b376a09c877a8a99597fae4f7cb85a7fb56782af7585
        ab949997a4a18bc1ae70d4b866d5b967beaa6c96937d7181905076a44673af5176ab5e78a66b7ca28a8f8d9a9781b5a264c8ac5ac9ad5cb3a062
        8c8973677685446a993a67a3456aa0526d9a607096808584918d78ac995bbfa351c0a452aa9659837f6a5d6d7c3b618f315e9a3c619649639157
        678d757a7885826ca08d4fb39746b498479e8b4d77745e5261702f558425528e30558b3d58854b5c816a6f6d7a7761978446aa8e3cab8f3d9480
        426c6953475766264c7a1c4985274c82344e7c42527863686673705a8f7b3ea18634a387358d793b65624c40505f1e447214417d1f44792c4674
        394a70
        """),
    WebPVector(
        "waves with alpha, quality=50", samples: 4,
        """
        524946467c00000057454250565038580a000000100000000c0000080000414c50481800000001b93244f43f40a46d33ffa27736740111133001
        8bae7c0d565038203e000000f001009d012a0d00090002c04c259802744700014161c50000fee89956c697fcf8e2495b7d5581e67021df994cbd
        eabcd875019b7641df7ef7bedd420000
        """,
        """
        a4a794ffc9c0a1ffeed196fff9cf8dfff0c68bffd9b893ffb4a6a6ff949bb8ff708bc2ff5d7fc5ff617cc7ff7389c6ff8c9fbfffa0a38fffc4bb
        9cfde9cc92fbf4ca89f9ecc187f7d4b48ff5afa1a1f38f96b4f16b87bdef587ac1ed5d77c3eb6e84c1e9879bbbe79a9d8affbdb495fbe2c58bf7
        eec483f3e5ba80efcdad88eba89a9ae7888fade36480b6df5274bbdb5771bdd7677dbad38195b5cf959885ffb8b090f9dec086f3e9c07eede0b5
        7be7c9a883e1a39696db848aa8d5607bb2cf4e70b6c9526db8c36379b6bd7c90b0b7828672ffa79e7ff7ccaf74efd7ad6ce7cea368dfb69570d7
        918383cf717895c74d699fbf3b5da3b7405aa5af5066a3a76a7e9e9f797c69ff9d9576f5c3a66bebcea462e1c4995fd7ad8c67cd877a7ac3686e
        8cb9445f96af325498a536519a9b475d9a91617592876c6f5cff8f8768f3b6995ee7c19755dbb78d52cfa07f5ac37b6d6db75b627fab3753879f
        254889932a458b873a508b7b5468846f626552ff867e5ef1ac8e54e3b68d4bd5ad8248c7957550b9706262ab5157739d2c497a8f1a3e7d811f3b
        7f7330467e65495e79575a5d4aff7c7354efa3864cdfae8443cfa57a40bf8d6d48af685a5a9f484f6b8f2441727f1235756f1733775f273e764f
        41566f3f
        """),
]

@Suite struct WebPDecoderTests {
    @Test(arguments: webPVectors)
    func filesBecomeTheirPixels(vector: WebPVector) throws {
        for rows in 0...WebPVector.rows {
            let (pixels, progress) = try decode(vector.file, rows: rows, samples: vector.samples)
            #expect(progress.rows == rows && progress.failure == nil)
            #expect(pixels == Array(vector.pixels[..<(rows * WebPVector.columns * vector.samples)]))
        }
    }

    @Test(arguments: webPVectors)
    func theShapeIsTold(vector: WebPVector) throws {
        let shape = try vector.file.withUnsafeBytes { try WebPDecoder.shape($0) }
        let isLossless = vector.testDescription.contains("lossless")
        #expect(shape.columns == 13 && shape.rows == 9 && shape.hasAlpha == (vector.samples == 4) && shape.isLossless == isLossless)
    }

    @Test(arguments: webPVectors)
    func alphaIsMadeUpOrLeftOut(vector: WebPVector) throws {
        let pixels = try decode(vector.file, samples: 7 - vector.samples).pixels
        for index in 0..<13 * 9 {
            let stored = vector.pixels[(index * vector.samples)...].prefix(3)
            #expect(Array(stored) == Array(pixels[(index * (7 - vector.samples))...].prefix(3)))
            if vector.samples == 3 { #expect(pixels[4 * index + 3] == 255) }
        }
    }

    @Test(arguments: webPVectors)
    func aFileThatIsCutKeepsWhatItHas(vector: WebPVector) {
        for length in 0..<vector.file.count {
            guard let (pixels, progress) = try? decode(Array(vector.file[..<length]), samples: vector.samples) else { continue }
            // The last bytes may be filling.
            #expect(progress.rows == 9 || progress.failure != nil)
            #expect(pixels == Array(vector.pixels[..<pixels.count]), "\(length) bytes")
        }
    }

    @Test(arguments: webPVectors)
    func noDamagedByteTraps(vector: WebPVector) {
        for place in vector.file.indices {
            for mask in [1, 0x10, 0x80, 0xFF] as [UInt8] {
                var file = vector.file
                file[place] ^= mask
                _ = try? decode(file, samples: vector.samples)
            }
        }
    }

    @Test func otherSizesAreRefused() {
        let vector = webPVectors[0]
        for (rows, columns, samples) in [(10, 13, 3), (9, 12, 3), (9, 14, 3), (-1, 13, 3), (9, 13, 2)] {
            #expect(throws: WebPFailure.otherSize) { try decode(vector.file, rows: rows, columns: columns, samples: samples) }
        }
    }

    @Test func damageHasAName() {
        func changed(_ vector: WebPVector, _ place: Int, to byte: UInt8) -> [UInt8] {
            var file = vector.file
            file[place] = byte
            return file
        }
        #expect(throws: WebPFailure.badContainer) { try decode(changed(webPVectors[0], 0, to: 0), samples: 3) }
        // A lossless header without its mark, and of another version.
        #expect(throws: WebPFailure.badHeader) { try decode(changed(webPVectors[0], 20, to: 0), samples: 3) }
        #expect(throws: WebPFailure.badHeader) { try decode(changed(webPVectors[0], 24, to: 0x20), samples: 3) }
        // A frame that is no key frame.
        #expect(throws: WebPFailure.badHeader) {
            try decode(changed(webPVectors[3], 20, to: webPVectors[3].file[20] | 1), samples: 3)
        }
        // The flag of animations.
        #expect(throws: WebPFailure.animation) { try decode(changed(webPVectors[5], 20, to: 0x12), samples: 4) }
        #expect(throws: WebPFailure.truncated) { try decode([], samples: 3) }
    }
}
