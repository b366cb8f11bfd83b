import ImageryLERC
import TestSupport
import Testing

/// A stream of the first generation, as GDAL 3.6.2 writes it: `gdal_translate -of MRF -co COMPRESS=LERC -co "OPTIONS=V1=ON LERC_PREC=0.01" -co BLOCKSIZE=16`
/// of 16 x 16 samples of float32, of which those of no data are void.
struct Lerc1Vector: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var value: @Sendable (_ row: Int, _ column: Int) -> Double
    var hasHoles: Bool
    var stream: [UInt8]

    func isVoid(_ row: Int, _ column: Int) -> Bool { hasHoles && (row * 5 + column * 3) % 11 < 2 }
}

let lerc1Vectors = [
    Lerc1Vector(
        testDescription: "slope", value: { Double($0 * 13 + $1 * 7) }, hasHoles: false,
        stream: hex(
            """
            436e745a496d616765200b0000000800000010000000100000007b14ae47e17a843f0000000000000000000000000000803f020000000200
            0000b10100000000964381008d4085570000bca241788906591bfa501492446a8c0a57812501a1281ccc92a08f9ca92f46e53ca60ea9b414
            3ff2398b86bb3051fad199e14251d027e4c8934bfa43849365bac90cdd1e9c224e15e47944d635f1a3264a585a6a8ece18ee0529c934629f
            0b5e585b3f7381388d4085570000bca241788906591bfa501492446a8c0a57812501a1281ccc92a08f9ca92f46e53ca60ea9b4143ff2398b
            86bb3051fad199e14251d027e4c8934bfa43849365bac90cdd1e9c224e15e47944d635f1a3264a585a6a8ece18ee0529c934629f0b5e585b
            3f7381688d4085570000bca241788906591bfa501492446a8c0a57812501a1281ccc92a08f9ca92f46e53ca60ea9b4143ff2398b86bb3051
            fad199e14251d027e4c8934bfa43849365bac90cdd1e9c224e15e47944d635f1a3264a585a6a8ece18ee0529c934629f0b5e585b3f7341a0
            008d4085570000bca241788906591bfa501492446a8c0a57812501a1281ccc92a08f9ca92f46e53ca60ea9b4143ff2398b86bb3051fad199
            e14251d027e4c8934bfa43849365bac90cdd1e9c224e15e47944d635f1a3264a585a6a8ece18ee0529c934629f0b5e585b3f73000000
            """)),
    Lerc1Vector(
        testDescription: "slope, with holes", value: { Double($0 * 13 + $1 * 7) }, hasHoles: true,
        stream: hex(
            """
            436e745a496d616765200b0000000800000010000000100000007b14ae47e17a843f0000000000000000240000000000803f200077eeddfb
            f77efddfbf77efddbbf7eefdfbbf7eefdfbb77eeddfbf77efddfbf7700800200000002000000670100000000964381078d34855700006b83
            57788225d020a9312a8ae1ab0410ce5014db6254d04764909afaf123cf0368b84b4b9491f4b3397266b8fe10f40919d5e2926608e1641471
            aa4826f46ee66b35f1a30dc25d092599c611897d2e78c081388d34855700006b8357784351d020a9312ae8e6ab0410fac8190e62542e0979
            909afae12e7ee47e74cea20c174c94432147ceba934bfa21849365c4a9229990e71159d5c48f9a0c7725ac641a476705af8294b539b1cf80
            81688d3585570000bca241784332d120a9312ae805960410ce50145f62542e49ea909afa69297e647e740e7750144c943e2167b8bad31f82
            1e849365c4c90cdd8fc89a537ed4843c4b4bad26383a630905af82d49f39b1cf00acad41a0008d3408af00006b8357344232d12051411f8a
            05960490a270305f7249d087ea901aa3f123cf6373164d4b5094f4a3397266b85c12f4091e84d39d15c90cddcf9c224ed5d4843c2b6169a9
            643a63b806af8294b5f5332780000000
            """)),
    Lerc1Vector(
        testDescription: "flat", value: { _, _ in 42 }, hasHoles: false,
        stream: hex(
            """
            436e745a496d616765200b0000000800000010000000100000007b14ae47e17a843f0000000000000000000000000000803f010000000100
            00000200000000002842832a000000
            """)),
    Lerc1Vector(
        testDescription: "flat, with holes", value: { _, _ in 42 }, hasHoles: true,
        stream: hex(
            """
            436e745a496d616765200b0000000800000010000000100000007b14ae47e17a843f0000000000000000240000000000803f200077eeddfb
            f77efddfbf77efddbbf7eefdfbbf7eefdfbb77eeddfbf77efddfbf77008001000000010000000200000000002842832a000000
            """)),
    Lerc1Vector(
        testDescription: "fine", value: { Double($0 * 16 + $1) * 0.37 - 20 }, hasHoles: false,
        stream: hex(
            """
            436e745a496d616765200b0000000800000010000000100000007b14ae47e17a843f0000000000000000000000000000803f020000000200
            00009901000033b3944281ec8c4002130000a004385082f0065d143a8112211760d1aa71198527630225a2298752d2f22bad398b8337233c
            b0d3fa733ed54cb3044aa44ed85422f550fd5edb855c266100d6497663257102076fa773285772f7754c832b888128864fd89978887501ec
            5188c18c4002130000a004385082f0065d143b8112211760d1aa71198527630225a2298852d2f22bad398b8337233cb0d3fa733ed54cb304
            4aa44ed85422f550fd5edb855c266100d64a7663257103076fa773285772f7754d832b8881288650d89a7888750148e1da418c4002120000
            a004385082f0065c143b811221175fd1a971198527620225a2298852d2f22bac398a8337233cb0d3f9733ed54cb3044aa44ed85421f550fc
            5edb855c2661ffd54a7663247102076fa773275772f7754d832a8881288650d899788875015c8ff2418c4002130000a004385082f0065d14
            3b8112211760d1aa71198527630225a2298852d2f22bad398b8337233cb0d3f9733ed54cb3044aa44ed85422f550fc5edb855c2661ffd54a
            7663257102076fa773285772f7754d832b8881288650d899788875000000
            """)),
    Lerc1Vector(
        testDescription: "fine, with holes", value: { Double($0 * 16 + $1) * 0.37 - 20 }, hasHoles: true,
        stream: hex(
            """
            436e745a496d616765200b0000000800000010000000100000007b14ae47e17a843f0000000000000000240000000000803f200077eeddfb
            f77efddfbf77efddbbf7eefdfbbf7eefdfbb77eeddfbf77efddfbf77008002000000020000005601000033b39442013d0a9dc18c34021200
            00c0054a502851116f175fd114d2239721752226502baca229833765f3afd3398a48e7233c544cb2d4fca44ed75cb5f550f65fda85374662
            127103d76dd77427571868805f8650a882742801ec5188c18c3402130000d0054a503b81126f1760d114a21a9721885227632bada229b338
            78f3d5233cb04bfa733e844dc53422f550fd60db855c5662120603076f4a7428577128775fd73db88218876208859a580148e1da418c3502
            120000a00438503b21086f175fd11472198521882226502baca229a338d2f2d5033b9d4af9733e844db30421c54fea5edb855c4662ffd5f0
            a6643772152770d7743a773d8881728762088590898758015c8ff2418c3403250000d0054a802821086f174db11371198521750225aa2b9a
            82288337d2f2c2d3398b4ae7533d544cb3040fa54ed85edb25522661ffd5f076632573282770f7754da73db88272887508859978000000
            """)),
    Lerc1Vector(
        testDescription: "steep", value: { Double(($0 * 16 + $1) * ($0 * 16 + $1)) * 1000.25 - 1e6 }, hasHoles: false,
        stream: hex(
            """
            436e745a496d616765200b0000000800000010000000100000007b14ae47e17a843f0000000000000000000000000000803f010000000100
            0000010400004a4c744c00002474c97ce573c9f02973c95cf171c9c03b70c91c096ec970596bc9bc2c68c9008364c93c5c60c970b85bc99c
            9756c9c0f950c9dcde4ac9f04644c9fc313dc900a035c9fc902dc9f00425c9dcfb1bc9c07512c99c7208c9e0e4fbc878eae5c800f6cec878
            07b7c8e01e9ec8383c84c800bf52c870111bc880dfc2c7c06717c70080bd46205cae4740a0184890065c4880b09048c857b44820f9d84888
            94fe4800951249c45c264990a13a4964634f4940a26449245e7a49884b884982a6934900409f490218ab49882eb7499283c3492017d04932
            e9dc49c8f9e949e248f749406b024a5151094aa456104a397b174a10bf1e4a2922264a84a42d4a2146354a00073d4a20e7444a84e64c4a28
            05554a10435d4a38a0654aa41c6e4a50b8764a40737f4ab826844a72a3884acc2f8d4ac8cb914a6477964aa2329b4a80fd9f4a00d8a44a20
            c2a94ae2bbae4a44c5b34a48deb84aec06be4a323fc34a1887c84aa0decd4ac845d34a92bcd84afc42de4a08d9e34ab47ee94a0234ef4af0
            f8f44a80cdfa4ad858004bc152034b7a54064b045e094b5e6f0c4b89880f4b84a9124b50d2154bec02194b593b1c4b967b1f4ba4c3224b82
            13264b316b294bb0ca2c4b0032304b20a1334b1118374bd2963a4b641d3e4bc6ab414bf941454bfcdf484bd0854c4b7433504be9e8534b2e
            a6574b446b5b4b2a385f4be10c634b68e9664bc0cd6a4be8b96e4be0ad724baaa9764b44ad7a4baeb87e4bf465814b7a73834be884854b3e
            9a874b7cb3894ba3d08b4bb2f18d4ba916904b883f924b506c944b009d964b98d1984b180a9b4b81469d4bd2869f4b0bcba14b2c13a44b36
            5fa64b28afa84b0203ab4bc45aad4b6fb6af4b0216b24b7d79b44be0e0b64b2c4cb94b60bbbb4b7c2ebe4b80a5c04b6d20c34b429fc54bff
            21c84ba4a8ca4b3233cd4ba8c1cf4b0654d24b4cead44b7b84d74b9222da4b91c4dc4b786adf4b4814e24b00c2e44ba073e74b2829ea4b99
            e2ec4bf29fef4b3361f24b5c26f54b6eeff74b68bcfa4b4a8dfd4b0a31004c649d014cb10b034cf37b044c28ee054c5262074c70d8084c82
            500a4c88ca0b4c83460d4c71c40e4c5444104c2ac6114cf549134cb4cf144c6757164c0ee1174caa6c194c39fa1a4cbd891c4c341b1e4ca0
            ae1f4c0044214c54db224c9c74244cd90f264c09ad274c2e4c294c46ed2a4c53902c4c54352e4c49dc2f4c3285314c1030334ce1dc344ca7
            8b364c603c384c0eef394cb0a33b4c465a3d4cd0123f4c4fcd404cc189424c2848444c8208464cd1ca474c148f494c4b554b4c761d4d4c96
            e74e4ca9b3504cb181524cac51544c9c23564c80f7574c58cd594c24a55b4ce57e5d4c995a5f4c4238614cde17634c6ff9644cf4dc664c6d
            c2684cdaa96a4c3c936c4c917e6e4cdb6b704c185b724c4a4c744c000000
            """)),
    Lerc1Vector(
        testDescription: "steep, with holes", value: { Double(($0 * 16 + $1) * ($0 * 16 + $1)) * 1000.25 - 1e6 }, hasHoles: true,
        stream: hex(
            """
            436e745a496d616765200b0000000800000010000000100000007b14ae47e17a843f0000000000000000240000000000803f200077eeddfb
            f77efddfbf77efddbbf7eefdfbbf7eefdfbb77eeddfbf77efddfbf7700800100000001000000450300004a4c744c007ce573c9f02973c95c
            f171c91c096ec970596bc9bc2c68c9008364c93c5c60c970b85bc9c0f950c9dcde4ac9f04644c900a035c9fc902dc9dcfb1bc9c07512c99c
            7208c978eae5c800f6cec87807b7c8e01e9ec8383c84c800bf52c880dfc2c7c06717c70080bd46205cae4740a0184890065c48c857b44820
            f9d8488894fe48c45c264990a13a4964634f4940a26449245e7a49884b884900409f490218ab49882eb7499283c3492017d04932e9dc49e2
            48f749406b024a5151094a397b174a10bf1e4a2922264a84a42d4a2146354a00073d4a84e64c4a2805554a10435d4a38a0654aa41c6e4a50
            b8764ab826844a72a3884acc2f8d4a6477964aa2329b4a80fd9f4a00d8a44a20c2a94ae2bbae4a48deb84aec06be4a323fc34a1887c84aa0
            decd4ac845d34afc42de4a08d9e34ab47ee94af0f8f44a80cdfa4ac152034b7a54064b045e094b89880f4b84a9124b50d2154bec02194b59
            3b1c4b967b1f4b8213264b316b294bb0ca2c4b0032304b20a1334b1118374b641d3e4bc6ab414bf941454bd0854c4b7433504be9e8534b2e
            a6574b446b5b4b2a385f4b68e9664bc0cd6a4be8b96e4be0ad724baaa9764b44ad7a4bf465814b7a73834be884854b7cb3894ba3d08b4bb2
            f18d4ba916904b883f924b506c944b98d1984b180a9b4b81469d4bd2869f4b0bcba14b2c13a44b28afa84b0203ab4bc45aad4b0216b24b7d
            79b44be0e0b64b2c4cb94b60bbbb4b7c2ebe4b6d20c34b429fc54bff21c84ba4a8ca4b3233cd4ba8c1cf4b4cead44b7b84d74b9222da4b78
            6adf4b4814e24ba073e74b2829ea4b99e2ec4b3361f24b5c26f54b6eeff74b68bcfa4b4a8dfd4b0a31004cb10b034cf37b044c28ee054c70
            d8084c82500a4c83460d4c71c40e4c5444104cf549134cb4cf144c6757164c0ee1174caa6c194c39fa1a4c341b1e4ca0ae1f4c0044214c54
            db224c9c74244cd90f264c2e4c294c46ed2a4c53902c4c49dc2f4c3285314c1030334ce1dc344ca78b364c603c384cb0a33b4c465a3d4cd0
            123f4c4fcd404cc189424c2848444cd1ca474c148f494c4b554b4c96e74e4ca9b3504cb181524cac51544c9c23564c80f7574c24a55b4ce5
            7e5d4c995a5f4c4238614cde17634c6ff9644c6dc2684cdaa96a4c3c936c4cdb6b704c185b724c4a4c744c000000
            """)),
]

@Suite("LERC of the first generation") struct Lerc1Tests {
    private let shape = LERCShape(rows: 16, columns: 16, depth: 1, type: .float32)

    private func decode(_ stream: [UInt8], bands: Int = 1) throws -> (values: [Float], valid: [UInt8], bands: Int) {
        var values = [Float](repeating: .nan, count: 256 * bands)
        var valid = [UInt8](repeating: 9, count: 256 * bands)
        let found = try stream.withUnsafeBytes { input in
            try values.withUnsafeMutableBytes { values in
                try valid.withUnsafeMutableBytes {
                    try LERCDecoder.decode(input, shape: shape, bands: bands, into: values, valid: $0)
                }
            }
        }
        return (values, valid, found)
    }

    @Test(arguments: lerc1Vectors) func streamsOfGDALBecomeTheirValues(vector: Lerc1Vector) throws {
        #expect(try vector.stream.withUnsafeBytes { try LERCDecoder.shape($0) } == shape)
        let (values, valid, bands) = try decode(vector.stream)
        #expect(bands == 1)
        for row in 0..<16 {
            for column in 0..<16 {
                let place = row * 16 + column
                #expect(valid[place] == (vector.isVoid(row, column) ? 0 : 1))
                guard valid[place] != 0 else { continue }
                // The quantization is of 0.01; single precision adds its own.
                let (value, found) = (vector.value(row, column), Double(values[place]))
                #expect(abs(found - value) <= 0.01 + abs(value) / 8_000_000, "\(row) \(column)")
            }
        }
    }

    @Test(arguments: lerc1Vectors) func aStreamThatIsCutIsAFailure(vector: Lerc1Vector) {
        // Three bytes follow that belong to nothing.
        for length in 0..<vector.stream.count - 3 {
            #expect(throws: LERCFailure.self) { try decode(Array(vector.stream[..<length])) }
        }
    }

    /// No checksum: damage gives other values or a failure, no more.
    @Test func damageEndsInValuesOrAFailure() throws {
        var failures = 0
        for vector in lerc1Vectors {
            for place in vector.stream.indices {
                for bit in [1, 0x40, 0x80] as [UInt8] {
                    var stream = vector.stream
                    stream[place] ^= bit
                    do { _ = try decode(stream) } catch is LERCFailure { failures += 1 }
                }
            }
        }
        #expect(failures > 1000)
    }

    @Test func anotherShapeIsRefused() {
        var values = [UInt8](repeating: 0, count: 15 * 16 * 4)
        var valid = [UInt8](repeating: 0, count: 15 * 16)
        #expect(throws: LERCFailure.otherShape) {
            try lerc1Vectors[0].stream.withUnsafeBytes { input in
                try values.withUnsafeMutableBytes { values in
                    try valid.withUnsafeMutableBytes {
                        try LERCDecoder.decode(
                            input, shape: LERCShape(rows: 15, columns: 16, depth: 1, type: .float32), bands: 1, into: values,
                            valid: $0)
                    }
                }
            }
        }
    }
}
