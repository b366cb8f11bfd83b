// Further extensions of STDI-0002 Volume 1, registered and controlled.

extension ExtensionTables {
    static let furtherCsToIo: [ExtensionLayout] = [
        ExtensionLayout(
            "CSEXRB", "Common Sensor Exploitation Reference Data", "STDI-0002 Volume 2, Appendix M - GLAS-GFM",
            """
            IMAGE_UUID 36 a ; UUID Assigned to the Current Image Plane
            NUM_ASSOC_DES 3 n int 000..999 ; Number of GLAS/GFM DES Associated with this Image
            ASSOC_DES_ID * NUM_ASSOC_DES
                ASSOC_DES_ID 36 a ; UUID of Associated DES
            end
            PLATFORM_ID 6 a ; Platform Identifier
            PAYLOAD_ID 6 a ; Payload Identifier
            SENSOR_ID 6 a ; Sensor Identifier
            SENSOR_TYPE 1 a ; Sensor Type
            GROUND_REF_POINT_X 12 a real -99999999.99..+99999999.99 ; X Coordinate of Ground Reference Point
            GROUND_REF_POINT_Y 12 a real -99999999.99..+99999999.99 ; Y Coordinate of Ground Reference Point
            GROUND_REF_POINT_Z 12 a real -99999999.99..+99999999.99 ; Z Coordinate of Ground Reference Point
            if SENSOR_TYPE = 'S'
                DAY_FIRST_LINE_IMAGE 8 n
                TIME_FIRST_LINE_IMAGE 15 n real 0.0..86400.0
                TIME_IMAGE_DURATION 16 n real -86400.0..86400.0
            end
            if SENSOR_TYPE = 'F'
                TIME_STAMP_LOC 1 n int 0..1 ; Location of Frame Time Stamp
                if TIME_STAMP_LOC = '0'
                    REFERENCE_FRAME_NUM 9 a int 000000001..999999999 ; Reference Frame Identifier
                    BASE_TIMESTAMP 24 n ; Base Timestamp
                    DT_MULTIPLIER 8 u ; Delta Time Duration (UINT64)
                    DT_SIZE 1 u 1..8 ; Byte Size of the DT Values (UINT8)
                    NUMBER_FRAMES 4 u ; Numer of Frames int the Current Temporal Block (UINT32)
                    NUMBER_DT 4 u 0..2147483647 ; Number of DT Values (UINT32)
                    DT * NUMBER_DT
                        DT DT_SIZE u
                    end
                end
            end
            MAX_GSD 12 a real 0000000000.0..9999999999.9 ; Max Mean GSD
            ALONG_SCAN_GSD 12 a real 0000000000.0..9999999999.9 ; Measured Along-Scan GSD
            CROSS_SCAN_GSD 12 a real 0000000000.0..9999999999.9 ; Measured Cross-Scan GSD
            GEO_MEAN_GSD 12 a real 0000000000.0..9999999999.9 ; Measured Geometric Mean GSD
            A_S_VERT_GSD 12 a real 0000000000.0..9999999999.9 ; Measured Along-Scan Vertical GSD
            C_S_VERT_GSD 12 a real 0000000000.0..9999999999.9 ; Measured Cross-Scan Vertical GSD
            GEO_MEAN_VERT_GSD 12 a real 0000000000.0..9999999999.9 ; Measured Geometric Mean Vertical GSD
            GSD_BETA_ANGLE 5 a real 000.0..180.0 ; Angle Between Along-Scan and Cross-Scan Directions
            DYNAMIC_RANGE 5 a int 00000..99999 ; Dynamic Range of Pixels
            NUM_LINES 7 n int 0000000..9999999 ; Number of Lines in Entire Image Plane
            NUM_SAMPLES 5 n int 00000..99999 ; Number of Samples per Line in Entire Image Plane
            ANGLE_TO_NORTH 7 a real 000.000..359.999 ; Nominal Angle to North
            OBLIQUITY_ANGLE 6 a real 00.000..90.000 ; Nominal Obliquity Angle
            AZ_OF_OBLIQUITY 7 a real 000.000..359.999 ; Azimuth of Obliquity
            ATM_REFR_FLAG 1 n int 0..1 ; Atmospheric Refraction Flag
            VEL_ABER_FLAG 1 n int 0..1 ; Velocity Aberration Flag
            GRD_COVER 1 n int 0..9 ; Ground Cover Flag
            SNOW_DEPTH_CATEGORY 1 n int ; Snow Depth Category
            SUN_AZIMUTH 7 a real 000.000..359.999 ; Sun Azimuth Angle
            SUN_ELEVATION 7 a real -90.000..+90.000 ; Sun Elevation Angle
            PREDICTED_NIIRS 3 a real 0.0..9.0 ; NIIRS Value for the Mono Collection at Principal Target
            CIRCL_ERR 5 a real 000.0..999.9 ; Circular Error
            LINEAR_ERR 5 a real 000.0..999.9 ; Linear Error
            CLOUD_COVER 3 a int 000..100 ; Cloud Cover
            ROLLING_SHUTTER_FLAG 1 a int 0..1 if SENSOR_TYPE = 'F' ; Rolling Shutter Flag
            UE_TIME_FLAG 1 a int 0..1 ; Time Un-Modeled Error Flag
            RESERVED_LEN 5 n int 00000..00000 ; Length of Reserved Portion
            RESERVED RESERVED_LEN b if RESERVED_LEN != '00000' ; Reserved Data Portion
            """),
        ExtensionLayout(
            "CSRLSB", "Common Sensor Rolling Shutter Terms", "STDI-0002 Volume 2, Appendix M - GLAS-GFM",
            """
            N_RS_ROW_BLOCKS 2 n int 1..99
            M_RS_COLUMN_BLOCKS 2 n int 1..99
            RS_ROW_BLOCKS * N_RS_ROW_BLOCKS
                RS_COLUMN_BLOCKS * M_RS_COLUMN_BLOCKS
                    RS_DT_1 12 n real -9999999999..+9999999999
                    RS_DT_2 12 n real -9999999999..+9999999999
                    RS_DT_3 12 n real -9999999999..+9999999999
                    RS_DT_4 12 n real -9999999999..+9999999999
                end
            end
            """),
        ExtensionLayout(
            "CSWRPB", "Common Sensor Warping Terms", "STDI-0002 Volume 2, Appendix M - GLAS-GFM",
            """
            NUM_SETS_WARP_DATA 1 n int 1..9
            SENSOR_TYPE 1 a
            WRP_INTERP 1 n int 0..1 if SENSOR_TYPE = 'F'
            WARP_DATA * NUM_SETS_WARP_DATA
                FL_WARP 11 n real 0..99.99999999 if SENSOR_TYPE = 'F'
                OFFSET_LINE 7 n int 1..9999999
                OFFSET_SAMP 7 n int 1..9999999
                SCALE_LINE 7 n int 1..9999999
                SCALE_SAMP 7 n int 1..9999999
                OFFSET_LINE_UNWRP 7 n int 1..9999999
                OFFSET_SAMP_UNWRP 7 n int 1..9999999
                SCALE_LINE_UNWRP 7 n int 1..9999999
                SCALE_SAMP_UNWRP 7 n int 1..9999999
                LINE_POLY_ORDER_M1 1 n int
                LINE_POLY_ORDER_M2 1 n int
                SAMP_POLY_ORDER_N1 1 n int
                SAMP_POLY_ORDER_N2 1 n int
                LINE_POLY * LINE_POLY_ORDER_M2
                    A * LINE_POLY_ORDER_M1
                        A 21 n real
                    end
                end
                SAMP_POLY * SAMP_POLY_ORDER_N2
                    B * SAMP_POLY_ORDER_N1
                        B 21 n real
                    end
                end
            end
            RESERVED_LEN 5 n int
            RESERVED RESERVED_LEN a if RESERVED_LEN != '00000'
            """),
        ExtensionLayout(
            "ENGRDA", "Engineering Data", "STDI-0002 Volume 1, Appendix N - ENGRDA",
            """
            RESRC 20 a ; Unique Source System Name
            RECNT 3 n int 1.. ; Record Entry Count
            RECORDS * RECNT
                ENGLN 2 n int 1.. ; Engineering Data Label Length
                ENGLBL ENGLN a ; Engineering Data Label
                ENGMTXC 4 n int 1.. ; Engineering Matrix Data Column Count
                ENGMTXR 4 n int 1.. ; Engineering Matrix Data Row Count
                ENGTYP 1 a ; Value Type of Engineering Data Element
                ENGDTS 1 n int ; Engineering Data Element Size
                ENGDATU 2 a ; Engineering Data Units
                ENGDATC 8 n int 1..99999932 ; Engineering Data Count
                ENGDATA ENGDATC*ENGDTS b ; Engineering Data
            end
            """),
        ExtensionLayout(
            "FRMSGA", "Framing Array Segment", "STDI-0002 Volume 1, Appendix AN - FRMSGA",
            """
            XML_CONTENT remaining 8
            """),
        ExtensionLayout(
            "HISTOA", "Softcopy History", "STDI-0002 Volume 1, Appendix L - HISTOA",
            """
            SYSTYPE 20 a ; System Type
            PC 12 a ; Prior Compression
            PE 4 a ; Prior Enhancements
            REMAP_FLAG 1 a ; System Specific Remap
            LUTID 2 n ; Data Mapping ID from the ESD
            NEVENTS 2 n int 01..99 ; Number of Processing Events
            EVENT * NEVENTS
                PDATE 14 n ; Processing Date And Time
                PSITE 10 a ; Processing Site
                PAS 10 a ; Softcopy Processing Application
                NIPCOM 1 n int ; Number of Image Processing Comments
                IPCOM * NIPCOM
                    IPCOM 80 a ; Image Processing Comment
                end
                IBPP 2 n int 01..64 ; Input Bit Depth (actual)
                IPVTYPE 3 a ; Input Pixel Value Type
                INBWC 10 a ; Input Bandwidth Compression
                DISP_FLAG 1 a int ; Display-Ready Flag
                ROT_FLAG 1 n int ; Image Rotation
                ROT_ANGLE 8 n real 000.0000..359.9999 if ROT_FLAG = '1' ; Angle Rotation
                ASYM_FLAG 1 a int ; Image Projection
                if ASYM_FLAG = '1'
                    ZOOMROW 7 n real 00.0000..99.9999 ; Mag in Line (row) Direction
                    ZOOMCOL 7 n real 00.0000..99.9999 ; Mag in Element (column) Direction
                end
                PROJ_FLAG 1 n int ; Asymmetric Correction
                SHARP_FLAG 1 n int ; Sharpening
                if SHARP_FLAG = '1'
                    SHARPFAM 2 a int ; Sharpening Family Number
                    SHARPMEM 2 a int ; Sharpening Member Number
                end
                MAG_FLAG 1 n int ; Symmetrical Magnification
                MAG_LEVEL 7 n real 00.0000..99.9999 if MAG_FLAG = '1' ; Level of Relative Magnification
                DRA_FLAG 1 n int ; Dynamic Range Adjustment (DRA)
                if DRA_FLAG = '1'
                    DRA_MULT 7 n real 000.000..999.999 ; DRA Multiplier
                    DRA_SUB 5 a int -9999..+9999 ; DRA Subtractor
                end
                TTC_FLAG 1 n int ; Tonal Transfer Curve (TTC)
                if TTC_FLAG = '1'
                    TTCFAM 2 a int ; TTC Family Number
                    TTCMEM 2 a int ; TTC Member Number
                end
                DEVLUT_FLAG 1 n int ; Device LUT
                OBPP 2 n int 01..64 ; Output Bit Depth (actual)
                OPVTYPE 3 a ; Output Pixel Value Type
                OUTBWC 10 a ; Output Bandwidth Compression
            end
            """),
        ExtensionLayout(
            "ICHIPB", "Image Chip", "STDI-0002 Volume 1, Appendix B - ICHIPB",
            """
            XFRM_FLAG 2 n int ; Non-linear transform flag
            SCALE_FACTOR 10 n real ; Scale Factor Relative to RO
            ANAMRPH_CORR 2 n int ; Anamorphic Correction Indicator
            SCANBLK_NUM 2 n int 00..99 ; Scan Block Number
            OP_ROW_11 12 n real ; Output Product row number component of grid point index(1,1)
            OP_COL_11 12 n real ; Output product column number component of grid point index(1,1)
            OP_ROW_12 12 n real ; Output product row number component of grid point index(1,2)
            OP_COL_12 12 n real ; Output product column number component of grid point index(1,2)
            OP_ROW_21 12 n real ; Output product row number component of grid point index(2,1)
            OP_COL_21 12 n real ; Output product column number component of grid point index(2,1)
            OP_ROW_22 12 n real ; Output product row number component of grid point index(2,2)
            OP_COL_22 12 n real ; Output product column number component of grid point index(2,2)
            FI_ROW_11 12 n real ; Grid point (1,1) row number in full image coodinates
            FI_COL_11 12 n real ; Grid point (1,1) column number in full image coodinates
            FI_ROW_12 12 n real ; Grid point (1,2) row number in full image coodinates
            FI_COL_12 12 n real ; Grid point (1,2) column number in full image coodinates
            FI_ROW_21 12 n real ; Grid point (2,1) row number in full image coodinates
            FI_COL_21 12 n real ; Grid point (2,1) column number in full image coodinates
            FI_ROW_22 12 n real ; Grid point (2,2) row number in full image coodinates
            FI_COL_22 12 n real ; Grid point (2,2) column number in full image coodinates
            FI_ROW 8 n int ; Full image number of rows
            FI_COL 8 n int ; Full image number of columns
            """),
        ExtensionLayout(
            "ILLUMA", "Illumination (XML-encoded)", "STDI-0002 Volume 1, Appendix AL - ILLUMA-ILLUMB",
            """
            XML_CONTENT remaining 8
            """),
        ExtensionLayout(
            "ILLUMB", "Illumination (Traditional encoding)", "STDI-0002 Volume 1, Appendix AL - ILLUMA-ILLUMB",
            """
            NUM_BANDS 4 n int 0001..9999
            BAND_UNIT 40
            BANDS * NUM_BANDS
                LBOUND 16 a real
                UBOUND 16 a real
            end
            NUM_OTHERS 2 n int 00..99
            OTHER_NAME * NUM_OTHERS
                OTHER_NAME 40
            end
            NUM_COMS 1 n int
            COMMENT * NUM_COMS
                COMMENT 80
            end
            GEO_DATUM 80 a
            GEO_DATUM_CODE 4 a
            ELLIPSOID_NAME 80 a
            ELLIPSOID_CODE 3 a
            VERTICAL_DATUM_REF 80 a
            VERTICAL_REF_CODE 4 a
            EXISTENCE_MASK 3 u
            if EXISTENCE_MASK & 0x00800000 != 0
                RAD_QUANTITY 40
                RADQ_UNIT 40
            end
            NUM_ILLUM_SETS 3 n int 001..999
            ILLUM_SETS * NUM_ILLUM_SETS
                DATETIME 14 a
                TARGET_LAT 10 n real
                TARGET_LON 11 n real
                TARGET_HGT 14 n real
                if EXISTENCE_MASK & 0x00400000 != 0
                    SUN_AZIMUTH 5 n real
                    SUN_ELEV 5 n real
                end
                if EXISTENCE_MASK & 0x00200000 != 0
                    MOON_AZIMUTH 5 n real
                    MOON_ELEV 5 n real
                end
                MOON_PHASE_ANGLE 6 n real if EXISTENCE_MASK & 0x00100000 != 0
                MOON_ILLUM_PERCENT 3 n int if EXISTENCE_MASK & 0x00080000 != 0
                if EXISTENCE_MASK & 0x00040000 != 0
                    OTHERS * NUM_OTHERS
                        OTHER_AZIMUTH 5 n real
                        OTHER_ELEV 5 n real
                    end
                end
                if EXISTENCE_MASK & 0x00020000 != 0
                    SENSOR_AZIMUTH 5 n real
                    SENSOR_ELEV 5 n real
                end
                CATS_ANGLE 5 n real if EXISTENCE_MASK & 0x00010000 != 0
                if EXISTENCE_MASK & 0x00008000 != 0
                    SUN_GLINT_LAT 10 n real
                    SUN_GLINT_LON 11 n real
                end
                CATM_ANGLE 5 n real if EXISTENCE_MASK & 0x00004000 != 0
                if EXISTENCE_MASK & 0x00002000 != 0
                    MOON_GLINT_LAT 10 n real
                    MOON_GLINT_LON 11 n real
                end
                SOL_LUN_DIST_ADJUST 7 n real if EXISTENCE_MASK & 0x00000400 != 0
                BANDS * NUM_BANDS
                    if EXISTENCE_MASK & 0x00001000 != 0
                        SUN_ILLUM_METHOD 1 a
                        SUN_ILLUM 16 n real
                    end
                    if EXISTENCE_MASK & 0x00000800 != 0
                        MOON_ILLUM_METHOD 1 a
                        MOON_ILLUM 16 n real
                    end
                    TOT_SUNMOON_ILLUM 16 n real if EXISTENCE_MASK & 0x00000400 != 0
                    OTHERS * NUM_OTHERS
                        if EXISTENCE_MASK & 0x00000200 != 0
                            OTHER_ILLUM_METHOD 1 a
                            OTHER_ILLUM 16 n real
                        end
                    end
                    if EXISTENCE_MASK & 0x00000100 != 0
                        ART_ILLUM_METHOD 1 a
                        ART_ILLUM_MIN 16 n real
                        ART_ILLUM_MAX 16 n real
                    end
                end
            end
            """),
        ExtensionLayout(
            "IMASDA", "Image Scaling Data", "Table 68 of DPPDB specification (MIL-STD-89034)",
            """
            LONTR 22 n real -180.0..180.0 [degrees] ; Longitude Translation
            LATTR 22 n real -90.0..90.0 [degrees] ; Latitude Translation
            ELVTR 22 n real -1000.0..10000.0 [meters] ; Elevation Translation
            LONSC 22 n real 0.0..100.0 ; Longitude Scale
            LATSC 22 n real 0.0..100.0 ; Latitude Scale
            ELVSC 22 n real 0.0..100.0 ; Elevation Scale
            XITR 22 n real -10000.0..10000.0 [pixels] ; X Image Translation
            YITR 22 n real -10000.0..10000.0 [pixels] ; Y Image Translation
            XISC 22 n real 0.0..100.0 ; X Image Scale
            YISC 22 n real 0.0..100.0 ; Y Image Scale
            DELEV 22 n real -1000.0..10000.0 [meters] ; Display Elevation
            """),
        ExtensionLayout(
            "IMGDTA", "Image File and its Versions", "STDI-0002",
            """
            VERNUM 4 n
            FILENAME 32 a
            PARENT_FNAME 32 a
            CHECKSUM 32 a
            ISIZE 10 n
            STATUS 1 a
            CDATE 8 a
            CTIME 10 a
            PDATE 8 a
            SENTYPE 1 a
            DATA_PLANE 1 a
            DATA_TYPE 4 a
            NUM_ROWS 6 n
            NUM_COLS 6 n
            SEN_POS 1 a
            SEN_CAL_FAC 15 a
            IMGQUAL 50 a
            NUM_VER 2 n
            VERSIONS * NUM_VER
                VER_NAME 15 a
                VERNUM 10 n
            end
            if SENTYPE = 'R'
                SEN_LOOK 1 a
                CR_RES 7 a
                RANGE_RES 7 a
                CR_PIXELSP 7 a
                RANGE_PIXELSP 7 a
                CR_WEIGHT 40 a
                RANGE_WEIGHT 40 a
                R_OVR_SAMP 6 a
                CR_OVR_SAMP 6 a
                D_DEPRES 6 a
                D_GP_SQ 7 a
                D_SP_SQ 7 a
                D_RANGE 7 a
                D_AP_LL 21 a
                D_AP_ELV 7 a
                M_DEPRES 6 a
                M_GP_SQ 7 a
                M_SP_SQ 7 a
                M_RANGE 7 a
                M_AP_LL 21 a
                M_AP_ELV 7 a
            end
            if SENTYPE = 'E'
                GRNDSAMPDIS 6 a
                SWATHSIZE 6 a
                D_RANGE 7 a
                D_AZ_LOOK 6 a
                D_EL_LOOK 5 a
                M_RANGE 7 a
                M_AZ_LOOK 6 a
                M_EL_LOOK 5 a
            end
            if SENTYPE = 'I'
                GRNDSAMPDIS 6 a
                SWATHSIZE 6 a
                D_RANGE 7 a
                D_AZ_LOOK 6 a
                D_EL_LOOK 5 a
                M_RANGE 7 a
                M_AZ_LOOK 6 a
                M_EL_LOOK 5 a
            end
            """),
        ExtensionLayout(
            "IMRFCA", "Image RPC", "Table 69 of DPPDB specification (MIL-STD-89034)",
            """
            XINC * 20
                XINC 22 n real ; X Image Numerator
            end
            XIDC * 20
                XIDC 22 n real ; X Image Denominator
            end
            YINC * 20
                YINC 22 n real ; Y Image Numerator
            end
            YIDC * 20
                YIDC 22 n real ; Y Image Denominator
            end
            """),
        ExtensionLayout(
            "IOMAPA", "Input/Output Amplitude Mapping", "STDI-0002 Volume 1, Appendix F - IOMAPA",
            """
            BAND_NUMBER 3 n 000..999 ; Band Identifier
            MAP_SELECT 1 n ; Mapping Method to Apply
            S2_METHOD0 2 n 00..11 if MAP_SELECT = '0' ; Scale Factor 2
            TABLE_ID 2 n 00..99 if MAP_SELECT = '1' or MAP_SELECT = '2' or MAP_SELECT = '3' ; I/O TABLE USED
            S1 2 n 00..11 if MAP_SELECT = '1' or MAP_SELECT = '2' or MAP_SELECT = '3' ; Scale Factor 1
            S2 2 n 00..11 if MAP_SELECT = '1' or MAP_SELECT = '2' or MAP_SELECT = '3' ; Scale Factor 2
            OUTPUT_MAP_VALUES * 4096 if MAP_SELECT = '1'
                OUTPUT_MAP_VALUES 2 b 0..4095 ; Output Mapping Value
            end
            R_WHOLE 3 n 000..999 if MAP_SELECT = '2' ; R Scaling Factor � Whole Part
            R_FRACTION 3 n 000..255 if MAP_SELECT = '2' ; R Scaling Factor � Fractional Part
            NO_OF_SEGMENTS 1 n if MAP_SELECT = '3'
            XOB_1 4 n 0000..4095 if MAP_SELECT = '3'
            XOB_2 4 n 0000..4095 if MAP_SELECT = '3'
            OUT_B0_1 4 f if MAP_SELECT = '3'
            OUT_B1_1 4 f if MAP_SELECT = '3'
            OUT_B2_1 4 f if MAP_SELECT = '3'
            OUT_B3_1 4 f if MAP_SELECT = '3'
            OUT_B4_1 4 f if MAP_SELECT = '3'
            OUT_B5_1 4 f if MAP_SELECT = '3'
            OUT_B0_2 4 f if MAP_SELECT = '3'
            OUT_B1_2 4 f if MAP_SELECT = '3'
            OUT_B2_2 4 f if MAP_SELECT = '3'
            OUT_B3_2 4 f if MAP_SELECT = '3'
            OUT_B4_2 4 f if MAP_SELECT = '3'
            OUT_B5_2 4 f if MAP_SELECT = '3'
            OUT_B0_3 4 f if MAP_SELECT = '3'
            OUT_B1_3 4 f if MAP_SELECT = '3'
            OUT_B2_3 4 f if MAP_SELECT = '3'
            OUT_B3_3 4 f if MAP_SELECT = '3'
            OUT_B4_3 4 f if MAP_SELECT = '3'
            OUT_B5_3 4 f if MAP_SELECT = '3'
            """),
    ]
}
