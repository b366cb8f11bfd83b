// Commercial imagery (STDI-0002 Volume 1, Appendix D; STDI-0006).

extension ExtensionTables {
    static let commercial: [ExtensionLayout] = [
        ExtensionLayout(
            "CSCCGA", "Cloud Cover Grid Data", "STDI-0006 (NCDRD), Table 3.1-1",
            """
            CCG_SOURCE 18 a ; Source of Grid
            REG_SENSOR 6 a ; Image Segment Sensor to which CCG is registered
            ORIGIN_LINE 7 n ; CCG Origin - Line
            ORIGIN_SAMPLE 5 n ; CCG Origin - Sample
            AS_CELL_SIZE 7 n 0000001..9999999 ; Along Scan Cell Size - Lines
            CS_CELL_SIZE 5 n 00001..99999 ; Cross Scan Cell Size - Samples
            CCG_MAX_LINE 7 n 0000001..9999999 ; Number of Rows in CCG
            CCG_MAX_SAMPLE 5 n 00001..99999 ; Number of Columns in CCG
            """),
        ExtensionLayout(
            "CSCRNA", "Corner Footprint", "STDI-0006 (NCDRD), Table 3.2-1",
            """
            PREDICT_CORNERS 1 a ; predicted corners flag
            ULCNR_LAT 9 n -90.00000..+90.00000 ; lat UL
            ULCNR_LONG 10 n -179.99999..+180.00000 ; long UL
            ULCNR_HT 8 n -00610.0..+10668.0 ; height UL
            URCNR_LAT 9 n -90.00000..+90.00000 ; lat UR
            URCNR_LONG 10 n -179.99999..+180.00000 ; long UR
            URCNR_HT 8 n -00610.0..+10668.0 ; height UR
            LRCNR_LAT 9 n -90.00000..+90.00000 ; lat LR
            LRCNR_LONG 10 n -179.99999..+180.00000 ; long LR
            LRCNR_HT 8 n -00610.0..+10668.0 ; height LR
            LLCNR_LAT 9 n -90.00000..+90.00000 ; lat LL
            LLCNR_LONG 10 n -179.99999..+180.00000 ; long LL
            LLCNR_HT 8 n -00610.0..+10668.0 ; height LL
            """),
        ExtensionLayout(
            "CSDIDA", "Dataset Identification", "STDI-0006 (NCDRD), Table 3.3-1",
            """
            DAY 2 n 01..31 ; Day of Dataset Collection
            MONTH 3 a ; Month of Dataset Collection
            YEAR 4 n 0000..9999 ; Year of Dataset Collection
            PLATFORM_CODE 2 a ; Platform Identification
            VEHICLE_ID 2 n 00..99 ; Vehicle Number
            PASS 2 n 01..99 ; Pass Number
            OPERATION 3 n 001..999 ; Operation Number
            SENSOR_ID 2 a ; Sensor ID
            PRODUCT_ID 2 a ; Product ID
            RESERVED_1 4 a ; Reserved
            TIME 14 n ; Image Start Time
            PROCESS_TIME 14 n ; Process Completion Time
            RESERVED_2 2 n ; Reserved
            RESERVED_3 2 n ; Reserved
            RESERVED_4 1 a ; Reserved
            RESERVED_5 1 a ; Reserved
            SOFTWARE_VERSION_NUMBER 10 a ; Software Version Used
            """),
        ExtensionLayout(
            "CSEPHA", "Ephemeris Data", "STDI-0006 (NCDRD), Table 3.4-1",
            """
            EPHEM_FLAG 12 a ; ephemeris flag
            DT_EPHEM 5 n 000.1..999.9 ; time b/w eph vectors
            DATE_EPHEM 8 n ; day of first eph vector
            T0_EPHEM 13 n 00..23 ; UTC of first eph vector
            NUM_EPHEM 3 n 001..999 ; number of eph vectors
            EPHEM_DATA * NUM_EPHEM
                EPHEM_X 12 n -99999999.99..+99999999.99 ; x-coor of eph vector
                EPHEM_Y 12 n -99999999.99..+99999999.99 ; y-coor of eph vector
                EPHEM_Z 12 n -99999999.99..+99999999.99 ; z-coor of eph vector
            end
            """),
        ExtensionLayout(
            "CSEXRA", "Commercial Exploitation Reference Data", "STDI-0006 (NCDRD) 18 February 2010, Section 3.5",
            """
            SENSOR 6 a ; Sensor
            TIME_FIRST_LINE_IMAGE 12 n 00000.000000..86400.000000 ; Time of the First Line of Image
            TIME_IMAGE_DURATION 12 n -9999.999999..86400.000000 ; Image Duration Time
            MAX_GSD 5 n 000.0..999.9 ; Maximum Mean Ground Sample Distance
            ALONG_SCAN_GSD 5 a 000.0..999.9 ; Along Scan GSD
            CROSS_SCAN_GSD 5 a 000.0..999.9 ; Cross-Scan GSD
            GEO_MEAN_GSD 5 a 000.0..999.9 ; Geometric Mean GSD
            A_S_VERT_GSD 5 a 000.0..999.9 ; Along Scan Vertical GSD
            C_S_VERT_GSD 5 a 000.0..999.9 ; Cross-Scan Vertical GSD
            GEO_MEAN_VERT_GSD 5 a 000.0..999.9 ; Geometric Mean Vertical GSD
            GSD_BETA_ANGLE 5 a 00.0..180.0 ; GSD Beta Angle
            DYNAMIC_RANGE 5 n 00000..02047 ; Dynamic range of pixels in image
            NUM_LINES 7 n 0000101..9999999 ; Number of Lines
            NUM_SAMPLES 5 n 00101..99999 ; Number of Samples
            ANGLE_TO_NORTH 7 n 000.000..360.000 ; Nominal Angle to True North
            OBLIQUITY_ANGLE 6 n 00.000..90.000 ; Nominal Obliquity angle
            AZ_OF_OBLIQUITY 7 n 000.000..360.000 ; Azimuth of Obliquity
            GRD_COVER 1 n ; Ground Cover
            SNOW_DEPTH_CAT 1 n ; Snow Depth Category
            SUN_AZIMUTH 7 n 000.000..360.000 ; Sun Azimuth Angle
            SUN_ELEVATION 7 n -90.000..+90.000 ; Sun Elevation Angle
            PREDICTED_NIIRS 3 a 0.0..9.0 ; Predicted NIIRS
            CIRCL_ERR 3 n 000..999 ; Circular Error
            LINEAR_ERR 3 n 000..999 ; Linear Error
            """),
        ExtensionLayout(
            "CSPROA", "Processing Information", "STDI-0006 (NCDRD), Table 3.6-1",
            """
            RESERVED_1 12 a ; fill0
            RESERVED_2 12 a ; fill1
            RESERVED_3 12 a ; fill2
            RESERVED_4 12 a ; fill3
            RESERVED_5 12 a ; fill4
            RESERVED_6 12 a ; fill5
            RESERVED_7 12 a ; fill6
            RESERVED_8 12 a ; fill7
            RESERVED_9 12 a ; fill8
            BWC 12 a ; compression
            """),
        ExtensionLayout(
            "CSSFAA", "Sensor Field Alignment Data", "STDI-0006 (NCDRD), Table 3.7-1",
            """
            NUM_BANDS 1 n ; number of bands
            BANDS * NUM_BANDS
                BAND_TYPE 1 a ; band category
                BAND_ID 6 a ; band wavelength center
                FOC_LENGTH 11 n 00000.00001..99999.99999 ; focal length
                NUM_DAP 8 n ; num linear arrays
                NUM_FIR 8 n ; first sample number
                DELTA 7 n 1..9999999 ; number detector elements
                OPPOFF_X 7 n -100.00..+100.00 ; pp offset x
                OPPOFF_Y 7 n -100.00..+100.00 ; pp offset y
                OPPOFF_Z 7 n -100.00..+100.00 ; pp offset z
                START_X 11 n -99999.9999..+99999.9999 ; dm first pixel x
                START_Y 11 n -99999.9999..+99999.9999 ; dm first pixel y
                FINISH_X 11 n -99999.9999..+99999.9999 ; dm last pixel x
                FINISH_Y 11 n -99999.9999..+99999.9999 ; dm last pixel y
            end
            """),
    ]
}
