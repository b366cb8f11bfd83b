// Names of tags: TIFF 6.0 sections 8 to 24, Technical Notes 1 to 3, DNG 1.7, GeoTIFF 1.1 and registered private tags; EXIF 2.32
// sections 4.6.4 to 4.6.7.

/// The names of tags in the directories where they mean something.
public enum TagNames {
    /// Which directory a tag stands in: numbers mean different things in each.
    public enum Space: Hashable, Sendable {
        /// A directory of TIFF itself.
        case tiff
        /// The one that tag 34665 refers to.
        case exif
        /// The one that tag 34853 refers to.
        case gps
        /// The one that tag 40965 refers to.
        case interoperability
    }

    /// The name of `tag`; nil when it has none here.
    public static func name(_ tag: UInt16, in space: Space = .tiff) -> String? {
        switch space {
        case .tiff: tiff.names[tag]
        case .exif: exif.names[tag] ?? tiff.names[tag]
        case .gps: gps.names[tag]
        case .interoperability: interoperability.names[tag] ?? tiff.names[tag]
        }
    }

    /// The tag of that name (`Tag65000` for those without one), or of that number as text; nil when there is none.
    public static func tag(named name: String, in space: Space = .tiff) -> UInt16? {
        let tables: [NameTable] =
            switch space {
            case .tiff: [tiff]
            case .exif: [exif, tiff]
            case .gps: [gps]
            case .interoperability: [interoperability, tiff]
            }
        for table in tables { if let found = table.names.first(where: { $0.value == name }) { return found.key } }
        return UInt16(name.hasPrefix("Tag") ? String(name.dropFirst(3)) : name)
    }

    private static let tiff = NameTable(tiffText)
    private static let exif = NameTable(exifText)
    private static let gps = NameTable(gpsText)
    private static let interoperability = NameTable(interoperabilityText)

    private static let gpsText: StaticString = """
        0 GPSVersionID
        1 GPSLatitudeRef
        2 GPSLatitude
        3 GPSLongitudeRef
        4 GPSLongitude
        5 GPSAltitudeRef
        6 GPSAltitude
        7 GPSTimeStamp
        8 GPSSatellites
        9 GPSStatus
        10 GPSMeasureMode
        11 GPSDOP
        12 GPSSpeedRef
        13 GPSSpeed
        14 GPSTrackRef
        15 GPSTrack
        16 GPSImgDirectionRef
        17 GPSImgDirection
        18 GPSMapDatum
        19 GPSDestLatitudeRef
        20 GPSDestLatitude
        21 GPSDestLongitudeRef
        22 GPSDestLongitude
        23 GPSDestBearingRef
        24 GPSDestBearing
        25 GPSDestDistanceRef
        26 GPSDestDistance
        27 GPSProcessingMethod
        28 GPSAreaInformation
        29 GPSDateStamp
        30 GPSDifferential
        31 GPSHPositioningError
        """

    private static let interoperabilityText: StaticString = """
        1 InteropIndex
        2 InteropVersion
        4096 RelatedImageFileFormat
        4097 RelatedImageWidth
        4098 RelatedImageHeight
        """

    private static let exifText: StaticString = """
        33434 ExposureTime
        33437 FNumber
        34850 ExposureProgram
        34852 SpectralSensitivity
        34855 ISOSpeedRatings
        34856 OECF
        34857 Interlace
        34858 TimeZoneOffset
        34859 SelfTimerMode
        34864 SensitivityType
        34865 StandardOutputSensitivity
        34866 RecommendedExposureIndex
        34867 ISOSpeed
        34868 ISOSpeedLatitudeyyy
        34869 ISOSpeedLatitudezzz
        36864 ExifVersion
        36867 DateTimeOriginal
        36868 DateTimeDigitized
        36880 OffsetTime
        36881 OffsetTimeOriginal
        36882 OffsetTimeDigitized
        37121 ComponentsConfiguration
        37122 CompressedBitsPerPixel
        37377 ShutterSpeedValue
        37378 ApertureValue
        37379 BrightnessValue
        37380 ExposureBiasValue
        37381 MaxApertureValue
        37382 SubjectDistance
        37383 MeteringMode
        37384 LightSource
        37385 Flash
        37386 FocalLength
        37389 Noise
        37393 ImageNumber
        37394 SecurityClassification
        37395 ImageHistory
        37398 TIFFEPStandardID
        37500 MakerNote
        37510 UserComment
        37520 SubsecTime
        37521 SubsecTimeOriginal
        37522 SubsecTimeDigitized
        37888 AmbientTemperature
        37889 Humidity
        37890 Pressure
        37891 WaterDepth
        37892 Acceleration
        37893 CameraElevationAngle
        40091 XPTitle
        40092 XPComment
        40093 XPAuthor
        40094 XPKeywords
        40095 XPSubject
        40960 FlashPixVersion
        40961 ColorSpace
        40962 ExifImageWidth
        40963 ExifImageHeight
        40964 RelatedSoundFile
        41483 FlashEnergy
        41484 SpatialFrequencyResponse
        41486 FocalPlaneXResolution
        41487 FocalPlaneYResolution
        41488 FocalPlaneResolutionUnit
        41492 SubjectLocation
        41493 ExposureIndex
        41495 SensingMethod
        41728 FileSource
        41729 SceneType
        41730 CFAPattern
        41985 CustomRendered
        41986 ExposureMode
        41987 WhiteBalance
        41988 DigitalZoomRatio
        41989 FocalLengthIn35mmFilm
        41990 SceneCaptureType
        41991 GainControl
        41992 Contrast
        41993 Saturation
        41994 Sharpness
        41995 DeviceSettingDescription
        41996 SubjectDistanceRange
        42016 ImageUniqueID
        42032 CameraOwnerName
        42033 BodySerialNumber
        42034 LensSpecification
        42035 LensMake
        42036 LensModel
        42037 LensSerialNumber
        42080 CompositeImage
        42081 CompositeImageCount
        42082 CompositeImageExposureTimes
        42240 Gamma
        """

    private static let tiffText: StaticString = """
        254 SubfileType
        255 OldSubfileType
        256 ImageWidth
        257 ImageLength
        258 BitsPerSample
        259 Compression
        262 PhotometricInterpretation
        263 Threshholding
        264 CellWidth
        265 CellLength
        266 FillOrder
        269 DocumentName
        270 ImageDescription
        271 Make
        272 Model
        273 StripOffsets
        274 Orientation
        277 SamplesPerPixel
        278 RowsPerStrip
        279 StripByteCounts
        280 MinSampleValue
        281 MaxSampleValue
        282 XResolution
        283 YResolution
        284 PlanarConfiguration
        285 PageName
        286 XPosition
        287 YPosition
        288 FreeOffsets
        289 FreeByteCounts
        290 GrayResponseUnit
        291 GrayResponseCurve
        292 T4Options
        293 T6Options
        296 ResolutionUnit
        297 PageNumber
        300 ColorResponseUnit
        301 TransferFunction
        305 Software
        306 DateTime
        315 Artist
        316 HostComputer
        317 Predictor
        318 WhitePoint
        319 PrimaryChromaticities
        320 ColorMap
        321 HalftoneHints
        322 TileWidth
        323 TileLength
        324 TileOffsets
        325 TileByteCounts
        330 SubIFD
        332 InkSet
        333 InkNames
        334 NumberOfInks
        336 DotRange
        337 TargetPrinter
        338 ExtraSamples
        339 SampleFormat
        340 SMinSampleValue
        341 SMaxSampleValue
        343 ClipPath
        344 XClipPathUnits
        345 YClipPathUnits
        346 Indexed
        347 JPEGTables
        400 GlobalParametersIFD
        401 ProfileType
        402 FaxProfile
        403 CodingMethods
        404 VersionYear
        405 ModeNumber
        433 Decode
        434 ImageBaseColor
        435 T82Options
        512 JPEGProc
        513 JPEGInterchangeFormat
        514 JPEGInterchangeFormatLength
        515 JPEGRestartInterval
        517 JPEGLosslessPredictors
        518 JPEGPointTransforms
        519 JPEGQTables
        520 JPEGDCTables
        521 JPEGACTables
        529 YCbCrCoefficients
        530 YCbCrSubsampling
        531 YCbCrPositioning
        532 ReferenceBlackWhite
        559 StripRowCounts
        700 XMLPacket
        32995 Matteing
        32996 DataType
        32997 ImageDepth
        32998 TileDepth
        33300 ImageFullWidth
        33301 ImageFullLength
        33302 TextureFormat
        33303 TextureWrapModes
        33304 FieldOfViewCotangent
        33305 MatrixWorldToScreen
        33306 MatrixWorldToCamera
        33421 EP CFARepeatPatternDim
        33422 EP CFAPattern
        33423 EP BatteryLevel
        33432 Copyright
        33434 EP ExposureTime
        33437 EP FNumber
        33550 ModelPixelScaleTag
        33723 RichTIFFIPTC
        33920 IntergraphMatrixTag
        33922 ModelTiepointTag
        34264 ModelTransformationTag
        34377 Photoshop
        34665 EXIFIFDOffset
        34675 ICC Profile
        34732 ImageLayer
        34735 GeoKeyDirectoryTag
        34736 GeoDoubleParamsTag
        34737 GeoAsciiParamsTag
        34850 EP ExposureProgram
        34852 EP SpectralSensitivity
        34853 GPSIFDOffset
        34855 EP ISOSpeedRatings
        34856 EP OptoelectricConversionFactor
        34857 EP Interlace
        34858 EP TimeZoneOffset
        34859 EP SelfTimerMode
        34908 FaxRecvParams
        34909 FaxSubAddress
        34910 FaxRecvTime
        34911 FaxDcs
        36867 EP DateTimeOriginal
        37122 EP CompressedBitsPerPixel
        37377 EP ShutterSpeedValue
        37378 EP ApertureValue
        37379 EP BrightnessValue
        37380 EP ExposureBiasValue
        37381 EP MaxApertureValue
        37382 EP SubjectDistance
        37383 EP MeteringMode
        37384 EP LightSource
        37385 EP Flash
        37386 EP FocalLength
        37387 EP FlashEnergy
        37388 EP SpatialFrequencyResponse
        37389 EP Noise
        37390 EP FocalPlaneXResolution
        37391 EP FocalPlaneYResolution
        37392 EP FocalPlaneResolutionUnit
        37393 EP ImageNumber
        37394 EP SecurityClassification
        37395 EP ImageHistory
        37396 EP SubjectLocation
        37397 EP ExposureIndex
        37398 EP StandardId
        37399 EP SensingMethod
        37439 StoNits
        37724 Adobe Photoshop Document Data Block
        40965 InteroperabilityIFDOffset
        42112 GDAL_METADATA
        42113 GDAL_NODATA
        50674 LercParameters
        50706 DNGVersion
        50707 DNGBackwardVersion
        50708 UniqueCameraModel
        50709 LocalizedCameraModel
        50710 CFAPlaneColor
        50711 CFALayout
        50712 LinearizationTable
        50713 BlackLevelRepeatDim
        50714 BlackLevel
        50715 BlackLevelDeltaH
        50716 BlackLevelDeltaV
        50717 WhiteLevel
        50718 DefaultScale
        50719 DefaultCropOrigin
        50720 DefaultCropSize
        50721 ColorMatrix1
        50722 ColorMatrix2
        50723 CameraCalibration1
        50724 CameraCalibration2
        50725 ReductionMatrix1
        50726 ReductionMatrix2
        50727 AnalogBalance
        50728 AsShotNeutral
        50729 AsShotWhiteXY
        50730 BaselineExposure
        50731 BaselineNoise
        50732 BaselineSharpness
        50733 BayerGreenSplit
        50734 LinearResponseLimit
        50735 CameraSerialNumber
        50736 LensInfo
        50737 ChromaBlurRadius
        50738 AntiAliasStrength
        50739 ShadowScale
        50740 DNGPrivateData
        50741 MakerNoteSafety
        50778 CalibrationIlluminant1
        50779 CalibrationIlluminant2
        50780 BestQualityScale
        50781 RawDataUniqueID
        50827 OriginalRawFileName
        50828 OriginalRawFileData
        50829 ActiveArea
        50830 MaskedAreas
        50831 AsShotICCProfile
        50832 AsShotPreProfileMatrix
        50833 CurrentICCProfile
        50834 CurrentPreProfileMatrix
        50838 ImageJ metadata byte counts
        50839 ImageJ metadata
        50844 RPCCoefficientTag
        50879 ColorimetricReference
        50909 GEO_METADATA
        50931 CameraCalibrationSignature
        50932 ProfileCalibrationSignature
        50933 ExtraCameraProfiles
        50934 AsShotProfileName
        50935 NoiseReductionApplied
        50936 ProfileName
        50937 ProfileHueSatMapDims
        50938 ProfileHueSatMapData1
        50939 ProfileHueSatMapData2
        50940 ProfileToneCurve
        50941 ProfileEmbedPolicy
        50942 ProfileCopyright
        50964 ForwardMatrix1
        50965 ForwardMatrix2
        50966 PreviewApplicationName
        50967 PreviewApplicationVersion
        50968 PreviewSettingsName
        50969 PreviewSettingsDigest
        50970 PreviewColorSpace
        50971 PreviewDateTime
        50972 RawImageDigest
        50973 OriginalRawFileDigest
        50974 SubTileBlockSize
        50975 RowInterleaveFactor
        50981 ProfileLookTableDims
        50982 ProfileLookTableData
        51008 OpcodeList1
        51009 OpcodeList2
        51022 OpcodeList3
        51041 NoiseProfile
        51089 OriginalDefaultFinalSize
        51090 OriginalBestQualityFinalSize
        51091 OriginalDefaultCropSize
        51107 ProfileHueSatMapEncoding
        51108 ProfileLookTableEncoding
        51109 BaselineExposureOffset
        51110 DefaultBlackRender
        51111 NewRawImageDigest
        51112 RawToPreviewGain
        51125 DefaultUserCrop
        51177 DepthFormat
        51178 DepthNear
        51179 DepthFar
        51180 DepthUnits
        51181 DepthMeasureType
        51182 EnhanceParams
        52525 ProfileGainTableMap
        52526 SemanticName
        52528 SemanticInstanceID
        52529 CalibrationIlluminant3
        52530 CameraCalibration3
        52531 ColorMatrix3
        52532 ForwardMatrix3
        52533 IlluminantData1
        52534 IlluminantData2
        52536 MaskSubArea
        52537 ProfileHueSatMapData3
        52538 ReductionMatrix3
        52543 RGBTables
        53535 IlluminantData3
        65563 PerSample
        """
}

/// Names by number, from lines of a number, a space and a name.
struct NameTable: Sendable {
    let names: [UInt16: String]

    init(_ text: StaticString) {
        var names: [UInt16: String] = [:]
        for line in text.description.split(separator: "\n") {
            let parts = line.split(separator: " ", maxSplits: 1)
            if parts.count == 2, let number = UInt16(parts[0]) { names[number] = String(parts[1]) }
        }
        self.names = names
    }
}
