// Further extensions of STDI-0002 Volume 1, registered and controlled.

extension ExtensionTables {
    static let furtherJ2ToRp: [ExtensionLayout] = [
        ExtensionLayout(
            "J2KLRA", "JPEG 2000 Layers", "STDI-0002 Volume 1, Appendix Y - J2KLRA",
            """
            ORIG 1 n int ; original compressed data
            NLEVELS_O 2 n int 00..32 ; number wavelet levels
            NBANDS_O 5 n int 00001..16384 ; number bands
            NLAYERS_O 3 n int 001..999 ; number layers
            LAYER * NLAYERS_O
                LAYER_ID 3 n int ; layer ID number
                BITRATE 9 n 0000.0000..9999.9999 ; bitrate
            end
            if ORIG = 1 or ORIG = 3 or ORIG = 5 or ORIG = 7 or ORIG = 9 or remaining >= 10
                NLEVELS_I 2 n int ; number wavelet levels
                NBANDS_I 5 n int ; number bands
                NLAYERS_I 3 n int ; number layers
            end
            """),
        ExtensionLayout(
            "JITCID", "Comment of the Test Facility", "STDI-0002",
            """
            FILCMT remaining a ; File Comment
            """),
        ExtensionLayout(
            "MATESA", "Mates", "STDI-0002 Volume 1, Appendix AK - MATESA",
            """
            CUR_SOURCE 42 ; Current File/Segment Source
            CUR_MATE_TYPE 16 ; Current File/Segment Mate Type
            CUR_FILE_ID_LEN 4 n int 0001..9999 ; Length of the CUR_FILE_ID field
            CUR_FILE_ID CUR_FILE_ID_LEN ; ID of the Current File/Segment
            NUM_GROUPS 4 n int 0001..9999 ; Number of Mate Relationship Groups
            GROUPS * NUM_GROUPS
                RELATIONSHIP 24 ; Mate Relationship
                NUM_MATES 4 n int 0001..9999 ; Number of Mates in the Group
                MATES * NUM_MATES
                    SOURCE 42 ; Mate Source
                    MATE_TYPE 16 ; Mate Identifier Type
                    MATE_ID_LEN 4 n int 0001..9999 ; Length of the MATE_ID field
                    MATE_ID MATE_ID_LEN ; Mate File Identifier
                end
            end
            """),
        ExtensionLayout(
            "MITOCA", "Multi-image Scene Table of Contents", "STDI-0002 Volume 1, Appendix O - MITOCA",
            """
            SCENE_TYPE 3 n
            SCENE_ID_LEN 3 n
            SCENE_ID SCENE_ID_LEN a
            LOOK_COMPOSITE_INDEX 3 a
            LOOK_COMPOSITE_ID_LEN 3 n
            LOOK_COMPOSITE_ID LOOK_COMPOSITE_ID_LEN a if LOOK_COMPOSITE_ID_LEN > 0
            LOOK_CORNER_1 21 a if LOOK_COMPOSITE_INDEX != '---'
            LOOK_CORNER_2 21 a if LOOK_COMPOSITE_INDEX != '---'
            LOOK_CORNER_3 21 a if LOOK_COMPOSITE_INDEX != '---'
            LOOK_CORNER_4 21 a if LOOK_COMPOSITE_INDEX != '---'
            NUM_VOLUMES 6 a
            LOOK_INSTANCE 6 n
            VOLUME_NUM 6 n
            SENSOR_ID 6 a
            SENSOR_ID_TYPE 4 a
            MPLAN 3 a
            VOLUME_COMPOSITE_INDEX 3 n
            VOLUME_COMPOSITE_ID_LEN 3 n
            VOLUME_COMPOSITE_ID VOLUME_COMPOSITE_ID_LEN a
            VOLUME_CORNER_1 21 a
            VOLUME_CORNER_2 21 a
            VOLUME_CORNER_3 21 a
            VOLUME_CORNER_4 21 a
            NUM_COMPONENTS 3 n
            COMPONENTS_FLAG 1 n
            NUM_ROWS 8 n
            NUM_COLS 8 n
            DSR 7 n
            COMPONENT_ID_LEN 3 n
            COMPONENT_INDEX_TYPE 1 n
            COMPONENTS * NUM_COMPONENTS
                COMPONENT_ID COMPONENT_ID_LEN a
                ISH_INDEX 3 n if COMPONENT_INDEX_TYPE != 0
                COMPONENT_CORNER_1 21 a
                COMPONENT_CORNER_2 21 a
                COMPONENT_CORNER_3 21 a
                COMPONENT_CORNER_4 21 a
                UPPER_LEFT_ROW 8 n if VOLUME_COMPOSITE_INDEX != 0
                UPPER_LEFT_COL 8 n if VOLUME_COMPOSITE_INDEX != 0
                UPPER_RIGHT_ROW 8 n if VOLUME_COMPOSITE_INDEX != 0
                UPPER_RIGHT_COL 8 n if VOLUME_COMPOSITE_INDEX != 0
                LOWER_RIGHT_ROW 8 n if VOLUME_COMPOSITE_INDEX != 0
                LOWER_RIGHT_COL 8 n if VOLUME_COMPOSITE_INDEX != 0
                LOWER_LEFT_ROW 8 n if VOLUME_COMPOSITE_INDEX != 0
                LOWER_LEFT_COL 8 n if VOLUME_COMPOSITE_INDEX != 0
            end
            """),
        ExtensionLayout(
            "MPDSRA", "Blocks and Reference Points of a Radar Image", "STDI-0002",
            """
            blkno 2 a ; Image Block Number
            cdipr 2 a ; Commanded IPR
            nblkw 2 n ; No of Blocks in WDG
            nrblk 5 n ; No of Rows in Block
            ncblk 5 n ; No of Cols in Block
            orpx 9 a ; Output Ref Pt X (ECF)
            orpy 9 a ; Output Ref Pt Y (ECF)
            orpz 9 a ; Output Ref Pt Z (ECF)
            orpro 5 n ; Row of ORP
            orpco 5 n ; Col of ORP
            fpnvx 7 a ; FP Normal Vector X
            fpnvy 7 a ; FP Normal Vector Y
            fpnvz 7 a ; FP Normal Vector Z
            arptm 9 a ; Collection Start Time
            resv1 14 a ; reserved 1
            arppn 9 a ; Aircraft Position N
            arppe 9 a ; Aircraft Position E
            arppd 9 a ; Aircraft Position D
            arpvn 9 a ; Aircraft Velocity N
            arpve 9 a ; Aircraft Velocity E
            arpvd 9 a ; Aircraft Velocity D
            arpan 8 a ; Aircraft Accel N
            arpae 8 a ; Aircraft Accel E
            arpad 8 a ; Aircraft Accel D
            resv2 13 a ; reserved 2
            """),
        ExtensionLayout(
            "MSDIRA", "Image Files and Segments of a Product", "STDI-0002",
            """
            PRODID 9 a ; Product ID
            PRODVOL 2 n ; Product Volume
            PRODTOTVOLS 2 n ; Product Total Volume
            NUMIMFILE 3 n ; Number of Image Files
            IMAGE_FILES * NUMIMFILE
                SEGIMGID 6 a ; Segment Image ID
                LONCNTCRD 3 n ; Longitude Continuous Coordinate System Designator
                DIMGEOGLO 84 a ; Display Image Geographic Location
                NBRVERT 2 n ; Number of Vertices for Segment Image
                SIMGEOGLO * NBRVERT
                    SIMGEOGLO 21 a ; Segment Image Geographic Location
                end
                VOLNBR 2 n ; Volume Number
                FLOC 3 n ; File Location
                FLEN 10 n ; File Length
            end
            """),
        ExtensionLayout(
            "NBLOCA", "NITF Block Offset", "STDI-0002 Volume 1, Appendix I - NBLOCA",
            """
            FRAME_1_OFFSET 4 u 439..999999 ; First Image Frame Offset
            NUMBER_OF_FRAMES 4 u 1..24996 ; Number of Blocks
            FRAME_OFFSETS * NUMBER_OF_FRAMES-1 if NUMBER_OF_FRAMES > 1
                FRAME_OFFSETS 4 u ; Number of Blocks
            end
            """),
        ExtensionLayout(
            "OBJCTA", "Objects in the Scene", "STDI-0002",
            """
            VERNUM 4 n
            NUM_OBJ 3 n
            OBJ_REF 10 a
            NUM_SCENE_OBJ 3 n
            OBJECTS * NUM_OBJ
                OBJ_TY 20 a
                OBJ_NM 15 a
                OBJ_POS 2 a
                OBJ_SN 10 a
                OBJ_LL 21 a
                OBJ_ELEV 8 a
                OBJ_ROW 8 a
                OBJ_COL 8 a
                OBJ_PROW 8 a
                OBJ_PCOL 8 a
                OBJ_ATTR 20 a
                OBJ_SEN 2 a
                if OBJ_SEN = 'R'
                    OBJ_AZ_3DB_WIDTH 7 a
                    OBJ_RNG_3DB_WIDTH 7 a
                    OBJ_AZ_18DB_WIDTH 7 a
                    OBJ_RNG_18DB_WIDTH 7 a
                    OBJ_AZ_3_18DB_RATIO 8 a
                    OBJ_RNG_3_18DB_RATIO 8 a
                    OBJ_AZ_PK_SL_RATIO 8 a
                    OBJ_RNG_PK_SL_RATIO 8 a
                    OBJ_AZ_INT_SL_RATIO 8 a
                    OBJ_RNGINT_SL_RATIO 8 a
                end
                OBJ_CAL_TEMP 6 a if OBJ_SEN = 'EO'
                OBJ_CAL_TEMP 6 a if OBJ_SEN = 'IR'
            end
            """),
        ExtensionLayout(
            "OFFSET", "Offset of the First Pixel", "STDI-0002",
            """
            LINE 8 n ; Align-Scan Offset of First Pixel
            SAMPLE 8 n ; Cross-Scan Offset of First Pixel
            """),
        ExtensionLayout(
            "PIATGA", "Imagery Access Target", "STDI-0002",
            """
            TGTUTM 15 a ; Target UTM
            PIATGAID 15 a ; Target ID
            PIACTRY 2 a ; Country Code
            PIACAT 5 a ; Category Code
            TGTGEO 15 a ; Target Geographic Coordinates
            DATUM 3 a ; Target Coordinate Datum
            TGTNAME 38 a ; Target Name
            PERCOVER 3 n ; Percent Coverage
            """),
        ExtensionLayout(
            "PIVECA", "Pixel Vector (Placeholder)", "STDI-0002 Volume 1, Appendix AM - PIVECA (Placeholder)",
            """
            DATA remaining b
            """),
        ExtensionLayout(
            "PIXMTA", "Pixel Metric", "STDI-0002 Volume 1, Appendix AJ - PIXMTA",
            """
            NUMAIS 3 a int ; Number of Associated Image Segments
            if NUMAIS != 'ALL'
                if NUMAIS != '000'
                    AISDLVL * NUMAIS
                        AISDLVL 3 n int 001..999 ; Associated Image Segment Display Level
                    end
                end
            end
            ORIGIN_X 14 a real ; Column Position of the Upper Left Pixel Metric Value
            ORIGIN_Y 14 a real ; Row Position of the Upper Left Pixel Metric Value
            SCALE_X 14 a real ; Column-based Scale Factor
            SCALE_Y 14 a real ; Row-based Scale Factor
            SAMPLE_MODE 1 a ; Pixel Metric Sampling Mode
            NUMMETRICS 5 n int 00001..99999 ; Number of Metrics Specified in the Pixel Metric Image Segment
            PERBAND 1 a ; Per Band Metric Flag
            METRICS * NUMMETRICS
                DESCRIPTION 40 a ; Description of the mth Pixel Metric
                UNIT 40 ; Units of Measure
                FITTYPE 1 a ; Mathematical Form of the Data Transformation
                if FITTYPE = 'P'
                    NUMCOEF 1 n int
                    COEF * NUMCOEF
                        COEF 15 n real
                    end
                end
            end
            RESERVED_LEN 5 n int ; Size of Reserved Field
            RESERVED RESERVED_LEN b if RESERVED_LEN != '00000'
            """),
        ExtensionLayout(
            "PIXQLA", "Pixel Quality", "STDI-0002 Volume 1, Appendix AA - PIXQLA",
            """
            NUMAIS 3 a int ; Number of Associated Image Segments
            if NUMAIS != 'ALL'
                if NUMAIS != '000'
                    AISDLVL * NUMAIS
                        AISDLVL 3 n int 001..999 ; Associated Image Segment Display Level
                    end
                end
            end
            NPIXQUAL 4 n int 0001..0064 ; Number of Pixel Quality Conditions
            PQ_BIT_VALUE 1 a int 1..1 ; Pixel Quality Bit Value
            PQ_CONDITION * NPIXQUAL
                PQ_CONDITION 40 a ; Pixel Quality Condition
            end
            """),
        ExtensionLayout(
            "PLTFMA", "Platform of the Sensor", "STDI-0002",
            """
            VERNUM 4 n
            P_NAME 12 a
            P_DESCR 40 a
            P_DATE 8 a
            P_TIME 9 a
            P_TYPE 1 a
            if P_TYPE = 'G'
                SNSR_HT 3 a
                SNSRLOC 21 a
                SNSRHDNG 3 a
            end
            if P_TYPE = 'T'
                SNSR_HT 3 a
                SNSRLOC 21 a
                SNSRHDNG 3 a
            end
            if P_TYPE = 'M'
                SNSR_HT 3 a
                SNSRLOC 21 a
                SNSRHDNG 3 a
            end
            if P_TYPE = 'A'
                AC_TYPE 15 a
                AC_SERIAL 12 a
                AC_T_NUM 10 a
                AC_PITCH 5 a
                AC_ROLL 5 a
                AC_HDNG 3 a
                AC_REF_PT 1 a
                AC_POS_X 9 a
                AC_POS_Y 9 a
                AC_POS_Z 9 a
                AC_VEL_X 9 a
                AC_VEL_Y 9 a
                AC_POS_Z 9 a ; AC_VEL_Z
                AC_ACC_X 8 a
                AC_ACC_Y 8 a
                AC_POS_Z 8 a ; AC_ACC_Z
                AC_SPEED 5 a
                ENTLOC 21 a
                ENTALT 6 a
                EXITLOC 21 a
                EXITALTH 6 a ; EXITALT
                INS_V_NC 5 a
                INS_V_EC 5 a
                INS_V_DC 5 a
            end
            """),
        ExtensionLayout(
            "PRADAA", "Accuracy of a Point Positioning Product", "STDI-0002",
            """
            PACE 8 a ; DPPDB Absolute CE 90%
            PALE 8 a ; DPPDB Absolute LE 90%
            PSDCE 8 a ; DPPDB Support Data CE 90%
            PSDLE 8 a ; DPPDB Support Data LE 90%
            PMCE 8 a ; DPPDB Mensuration 1 pixel CE 90%
            PMLE 8 a ; DPPDB Mensuration 1 pixel LE 90%
            """),
        ExtensionLayout(
            "PTPRAA", "Accuracy of the Segments of a Product", "STDI-0002",
            """
            SISEGID 4 a ; Segment Model ID
            SNACE 8 n ; Segment Absolute CE 90%
            SNALE 8 n ; Segment Absolute LE 90%
            SNMCE 8 n ; Segment Mensuration 1 pixel CE 90%
            SNMLE 8 n ; Segment Mensuration 1 pixel LE 90%
            EXACERF 1 a ; Exceeds Absolute CE Requirement
            EXALERF 1 a ; Exceeds Absolute LE Requirement
            NBRSEG 3 n ; Number of remaining segments
            SEGMENTS * NBRSEG
                RASEGID 4 a ; Stereo image segment ID
                SNRCE0-1 8 n ; Segment Relative CEP 50% (0-1 nm)
                SNRLE0-1 8 n ; Segment Relative LEP 50% (0-1 nm)
                SNRCE1-5 8 n ; Segment Relative CEP 50% (1-5 nm)
                SNRLE1-5 8 n ; Segment Relative LEP 50% (1-5 nm)
                SNRCE5-15 8 n ; Segment Relative CEP 50% (5-15 nm)
                SNRLE5-15 8 n ; Segment Relative LEP 50% (5-15 nm)
                SNRCE15-30 8 n ; Segment Relative CEP 50% (15-30 nm)
                SNRLE15-30 8 n ; Segment Relative LEP 50% (15-30 nm)
                SNRCE>30 8 n ; Segment Relative CEP 50% (>30 nm)
                SNRLE>30 8 n ; Segment Relative LEP 50% (>30 nm)
                EXRCE0-1 1 a ; Exceeds Relative CEP Requirement (0-1 nm)
                EXRLE0-1 1 a ; Exceeds Relative LEP Requirement (0-1 nm)
                EXRCE1-5 1 a ; Exceeds Relative CEP Requirement (1-5 nm)
                EXRLE1-5 1 a ; Exceeds Relative LEP Requirement (1-5 nm)
                EXRCE5-15 1 a ; Exceeds Relative CEP Requirement (5-15 nm)
                EXRLE5-15 1 a ; Exceeds Relative LEP Requirement (5-15 nm)
                EXRCE15-30 1 a ; Exceeds Relative CEP Requirement (15-30 nm)
                EXRLE15-30 1 a ; Exceeds Relative LEP Requirement (15-30 nm)
                EXRCE>30 1 a ; Exceeds Relative CEP Requirement (>30 nm)
                EXRLE>30 1 a ; Exceeds Relative LEP Requirement (>30 nm)
            end
            """),
        ExtensionLayout(
            "REGPTB", "Registration Points", "STDI-0002",
            """
            NUMPTS 4 n ; Number of Registration Points to Follow
            POINTS * NUMPTS
                PID 10 a ; Registration Point ID
                LON 15 n ; Longitude/Easting
                LAT 15 n ; Latitude/Northing
                ZVL 15 n ; Elevation
                DIX 11 n ; Column Number of Registration Point
                DIY 11 n ; Row Number of Registration Point
            end
            """),
        ExtensionLayout(
            "RELCCA", "Releasability", "STDI-0002 Volume 1, Appendix AD - RELCCA",
            """
            RELDATE 8 n
            RELSLNTH 4 n 0000..9999
            RELSOURS RELSLNTH 8 if RELSLNTH > 0
            RELCCSLNTH 4 n 0000..9999
            RELCCSTD RELCCSLNTH 8 if RELCCSLNTH > 0
            RCOLSLNTH 4 n 0000..9999
            RCOLSTD RCOLSLNTH 8 if RCOLSLNTH > 0
            RORGSLNTH 4 n 0000..9999
            RORGSTD RORGSLNTH 8 if RORGSLNTH > 0
            COIDLNTH 4 n 0000..9999
            COALID COIDLNTH 8 if COIDLNTH > 0
            COALLNTH 4 n 0000..9999 if COIDLNTH > 0
            COALCC COALLNTH 8 if COIDLNTH > 0 and COALLNTH > 0
            RELCLNTH 4 n 0000..9999
            RELCCODES RELCLNTH 8 if RELCLNTH > 0
            RLORGLNTH 4 n 0000..9999
            RELORG RLORGLNTH 8 if RLORGLNTH > 0
            """),
        ExtensionLayout(
            "RPC00A", "Rapid Positioning Capability (Type A)", "STDI-0001 (not publicly available)",
            """
            SUCCESS 1 a
            ERR_BIAS 7 n real 0000.00..9999.99 [meters]
            ERR_RAND 7 n real 0000.00..9999.99 [meters]
            LINE_OFF 6 d int 000000..999999 [pixels]
            SAMP_OFF 5 d int 00000..99999 [pixels]
            LAT_OFF 8 n real -90.0..90.0 [degrees]
            LONG_OFF 9 n real -180.0..180.0 [degrees]
            HEIGHT_OFF 5 d int -9999..9999 [meters]
            LINE_SCALE 6 d int 000001..999999 [pixels]
            SAMP_SCALE 5 d int 00001..99999 [pixels]
            LAT_SCALE 8 n real 0.0000..90.0000 [degrees]
            LONG_SCALE 9 n real 0.0000..180.0000 [degrees]
            HEIGHT_SCALE 5 d int 00001..99999 [meters]
            LINE_NUM_COEFF * 20
                LINE_NUM_COEFF 12 n real
            end
            LINE_DEN_COEFF * 20
                LINE_DEN_COEFF 12 n real
            end
            SAMP_NUM_COEFF * 20
                SAMP_NUM_COEFF 12 n real
            end
            SAMP_DEN_COEFF * 20
                SAMP_DEN_COEFF 12 n real
            end
            """),
        ExtensionLayout(
            "RPF", "Location Section of a Raster Product", "STDI-0002",
            """
            LOCATION_SECTION_LENGTH 2 u
            COMPONENT_LOCATION_OFFSET 4 u
            NUMBER_OF_COMPONENT_LOCATION_RECORDS 2 u
            COMPONENT_LOCATION_RECORD_LENGTH 2 u
            COMPONENT_AGGREGATE_LENGTH 4 u
            CLR * NUMBER_OF_COMPONENT_LOCATION_RECORDS
                COMPONENT_ID 2 u
                COMPONENT_LENGTH 4 u
                COMPONENT_LOCATION 4 u
            end
            """),
    ]
}
