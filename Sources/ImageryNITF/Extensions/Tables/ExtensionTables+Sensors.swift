// Sensors and bands (STDI-0002 Volume 1, Appendices X and Z).

extension ExtensionTables {
    static let sensors: [ExtensionLayout] = [
        ExtensionLayout(
            "BANDSB", "General Purpose Band Parameters", "STDI-0002 Volume 1, Appendix X - BANDSB",
            """
            COUNT 5 n int 00001..99999 ; Number of Bands
            RADIOMETRIC_QUANTITY 24 a ; Data Representation
            RADIOMETRIC_QUANTITY_UNIT 1 a ; Data Representation Unit
            SCALE_FACTOR 4 f ; Cube Scale Factor
            ADDITIVE_FACTOR 4 f ; Cube Additive Factor
            ROW_GSD 7 n real 000.001..9999.99 ; Row Ground Sample Distance
            ROW_GSD_UNIT 1 a ; Units of Row Ground Sample Distance
            COL_GSD 7 n real 000.001..9999.99 ; Column Ground Sample Distance
            COL_GSD_UNIT 1 a ; Units of Column Ground Sample Distance
            SPT_RESP_ROW 7 n real ; Spatial Response Function (Rows)
            SPT_RESP_UNIT_ROW 1 a ; Units of Spatial Response Function (Rows)
            SPT_RESP_COL 7 n real ; Spatial Response Function (Cols)
            SPT_RESP_UNIT_COL 1 a ; Units of Spatial Response Function (Cols)
            DATA_FLD_1 48 b ; Field reserved for future use
            EXISTENCE_MASK 4 u ; Bit-wise Existence Mask Field
            if EXISTENCE_MASK & 0x80000000 != 0
                RADIOMETRIC_ADJUSTMENT_SURFACE 24 a ; Adjustment Surface
                ATMOSPHERIC_ADJUSTMENT_ALTITUDE 4 f ; Adjustment Altitude Above WGS84 Ellipsoid
            end
            DIAMETER 7 n real 000.001..9999.99 if EXISTENCE_MASK & 0x40000000 != 0 ; Diameter of the lens
            DATA_FLD_2 32 a if EXISTENCE_MASK & 0x20000000 != 0 ; Field reserved for future use
            WAVE_LENGTH_UNIT 1 a if EXISTENCE_MASK & 0x01F80000 != 0 ; Wave Length Units
            BANDS * COUNT
                BANDID 50 a if EXISTENCE_MASK & 0x10000000 != 0 ; Band n Identifier
                BAD_BAND 1 n int if EXISTENCE_MASK & 0x08000000 != 0 ; Bad Band Flag
                NIIRS 3 n real if EXISTENCE_MASK & 0x04000000 != 0 ; NIIRS Value
                FOCAL_LEN 5 n int if EXISTENCE_MASK & 0x02000000 != 0 ; Band n Focal length
                CWAVE 7 n real if EXISTENCE_MASK & 0x01000000 != 0 ; Band n Center Response Wavelength
                FWHM 7 n real if EXISTENCE_MASK & 0x00800000 != 0 ; Band n Width
                FWHM_UNC 7 n real if EXISTENCE_MASK & 0x00400000 != 0 ; Band n Width Uncertainty
                NOM_WAVE 7 n real if EXISTENCE_MASK & 0x00200000 != 0
                NOM_WAVE_UNC 7 n real if EXISTENCE_MASK & 0x00100000 != 0 ; Band n Nominal Wavelength Uncertainty
                if EXISTENCE_MASK & 0x00080000 != 0
                    LBOUND 7 n real ; Band n Lower Wavelength Bound
                    UBOUND 7 n real ; Band n Upper Wavelength Bound
                end
                if EXISTENCE_MASK & 0x00040000 != 0
                    SCALE_FACTOR 4 f ; Individual Scale Factor
                    ADDITIVE_FACTOR 4 f ; Individual Additive Factor
                end
                START_TIME 16 n if EXISTENCE_MASK & 0x00020000 != 0 ; Start Time
                INT_TIME 6 n real if EXISTENCE_MASK & 0x00010000 != 0 ; Integration Time
                if EXISTENCE_MASK & 0x00008000 != 0
                    CALDRK 6 n real ; Band n Calibration (Dark)
                    CALIBRATION_SENSITIVITY 5 n real ; Band n Calibration (Increment)
                end
                ROW_GSD 7 n real if EXISTENCE_MASK & 0x00004000 != 0 ; Band n Spatial Response Interval (Row)
                ROW_GSD_UNC 7 n real if EXISTENCE_MASK & 0x00002000 != 0 ; Band n Spatial Response Interval Uncertainty (Row)
                if EXISTENCE_MASK & 0x00004000 != 0
                    ROW_GSD_UNIT 1 a ; Unit of Row Spacing
                    COL_GSD 7 n real ; Band n Spatial Response Interval (Col)
                end
                COL_GSD_UNC 7 n real if EXISTENCE_MASK & 0x00002000 != 0 ; Band n Spatial Response Interval Uncertainty (Col)
                COL_GSD_UNIT 1 a if EXISTENCE_MASK & 0x00004000 != 0 ; Unit of Column Spacing
                if EXISTENCE_MASK & 0x00001000 != 0
                    BKNOISE 5 n real ; Band n Background Noise
                    SCNNOISE 5 n real ; Band n Scene Noise
                end
                SPT_RESP_FUNCTION_ROW 7 n real if EXISTENCE_MASK & 0x00000800 != 0 ; Band n Spatial Response Function (Row)
                SPT_RESP_UNC_ROW 7 n real if EXISTENCE_MASK & 0x00000400 != 0
                if EXISTENCE_MASK & 0x00000800 != 0
                    SPT_RESP_UNIT_ROW 1 a ; Unit of Spatial Response (Row)
                    SPT_RESP_FUNCTION_COL 7 n real ; Band n Spatial Response Function (Col)
                end
                SPT_RESP_UNC_COL 7 n real if EXISTENCE_MASK & 0x00000400 != 0
                SPT_RESP_UNIT_COL 1 a if EXISTENCE_MASK & 0x00000800 != 0 ; Unit of Spatial Response (Col)
                DATA_FLD_3 16 b if EXISTENCE_MASK & 0x00000200 != 0 ; Field reserved for future use
                DATA_FLD_4 24 a if EXISTENCE_MASK & 0x00000100 != 0 ; Field reserved for future use
                DATA_FLD_5 32 b if EXISTENCE_MASK & 0x00000080 != 0 ; Field reserved for future use
                DATA_FLD_6 48 b if EXISTENCE_MASK & 0x00000040 != 0 ; Field reserved for future use
            end
            if EXISTENCE_MASK & 0x00000001 != 0
                NUM_AUX_B 2 n int ; Number of Auxiliary Band Level Parameters (m)
                NUM_AUX_C 2 n int ; Number of Auxiliary Cube Level Parameters (k)
                BAND_AUX * NUM_AUX_B
                    BAPF 1 a ; Band Auxiliary Parameter Value Format
                    UBAP 7 a ; Unit of Band Auxiliary Parameter
                    BAND * COUNT
                        APN 10 n int if BAPF = 'I' ; Auxiliary Parameter Integer Value
                        APR 4 f if BAPF = 'R' ; Auxiliary Parameter Real Value
                        APA 20 n if BAPF = 'A' ; Auxiliary Parameter ASCII Value
                    end
                end
                CUBE_AUX * NUM_AUX_C
                    CAPF 1 a ; Cube Auxiliary Parameter Value Format
                    UCAP 7 a ; Unit of Cube Auxiliary Parameter
                    APN 10 n int if CAPF = 'I' ; Auxiliary Parameter Integer Value
                    APR 4 f if CAPF = 'R' ; Auxiliary Parameter Real Value
                    APA 20 n if CAPF = 'A' ; Auxiliary Parameter ASCII Value
                end
            end
            """),
        ExtensionLayout(
            "SENSRA", "Sensor Parameters (Legacy)",
            "STDI-0002 Volume 1, Appendix Z - SENSRB (Section Z.6.1 SENSRA to SENSRB Mapping)",
            """
            REF_ROW 8 n ; Ref Row
            REF_COL 8 n ; Ref Col
            SENSOR_MODEL 6 a ; Sensor Model
            SENSOR_MOUNT 3 a ; Sensor Mount
            SENSOR_LOC 21 a ; Sensor Loc
            SENSOR_ALT_SOURCE 1 a ; Sensor Alt Src
            SENSOR_ALT 6 n ; Sensor Alt
            SENSOR_ALT_UNIT 1 a ; Sensor Alt Unit
            SENSOR_AGL 5 n ; Sensor AGL
            SENSOR_PITCH 7 n ; Sensor Pitch
            SENSOR_ROLL 8 n ; Sensor Roll
            SENSOR_YAW 8 n ; Sensor Yaw
            PLATFORM_PITCH 7 n ; Platform Pitch
            PLATFORM_ROLL 8 n ; Platform Roll
            PLATFORM_HDG 5 n ; Platform Hdg
            GROUND_SPD_SOURCE 1 a ; Ground Spd Src
            GROUND_SPD 6 n ; Ground Speed
            GROUND_SPD_UNIT 1 a ; Ground Spd Unit
            GROUND_TRACK 5 n ; Ground Track
            VERT_VEL 5 n ; Vertical Vel
            VERT_VEL_UNIT 1 a ; Vert Vel Unit
            SWATH_FRAMES 4 d ; Swath Frames
            N_SWATHS 4 d ; N Swaths
            SPOT_NUM 3 d ; Spot Num
            """),
        ExtensionLayout(
            "SENSRB", "General Electro-Optical Sensor Parameters", "STDI-0002 Volume 1, Appendix Z - SENSRB",
            """
            GENERAL_DATA 1 a ; General Data
            if GENERAL_DATA = 'Y'
                SENSOR 25 a ; Sensor Name
                SENSOR_URI 32 a ; Sensor URI
                PLATFORM 25 a ; Platform Common Name
                PLATFORM_URI 32 a ; Platform URI
                OPERATION_DOMAIN 10 a ; Operation Domain
                CONTENT_LEVEL 1 d int 0..9 ; Content Level
                GEODETIC_SYSTEM 5 a ; Geodetic System
                GEODETIC_TYPE 1 a ; Geodetic Type
                ELEVATION_DATUM 3 a ; Elevation Datum
                LENGTH_UNIT 2 a ; Length Unit
                ANGULAR_UNIT 3 a ; Angular Unit
                START_DATE 8 n ; Start Date
                START_TIME 14 n real 0.0..86399.99999999 ; Start Time
                END_DATE 8 n ; End Date
                END_TIME 14 n real 0.0..86399.99999999 ; End Time
                GENERATION_COUNT 2 d int 0..99 ; Generation Count
                GENERATION_DATE 8 n ; Generation Date
                GENERATION_TIME 10 n ; Generation Time
            end
            SENSOR_ARRAY_DATA 1 a ; Sensor Array Data
            if SENSOR_ARRAY_DATA = 'Y'
                DETECTION 20 a ; Detection
                ROW_DETECTORS 8 d int ; Row Detectors
                COLUMN_DETECTORS 8 d int ; Column Detectors
                ROW_METRIC 8 n ; Row Metric
                COLUMN_METRIC 8 n ; Column Metric
                FOCAL_LENGTH 8 n ; Focal Length
                ROW_FOV 8 n ; Row Field of View
                COLUMN_FOV 8 n ; Column Field of View
                CALIBRATED 1 a ; Calibrated
            end
            SENSOR_CALIBRATION_DATA 1 a ; Sensor Calibration Data
            if SENSOR_CALIBRATION_DATA = 'Y'
                CALIBRATION_UNIT 2 a ; Calibration Unit System
                PRINCIPAL_POINT_OFFSET_X 9 n ; Principal Point Offset X
                PRINCIPAL_POINT_OFFSET_Y 9 n ; Principal Point Offset Y
                RADIAL_DISTORT_1 12 a ; Radial Distortion Coeff 1
                RADIAL_DISTORT_2 12 a ; Radial Distortion Coeff 2
                RADIAL_DISTORT_3 12 a ; Radial Distortion Coeff 3
                RADIAL_DISTORT_LIMIT 9 n ; Radial Distortion Fit Limit
                DECENT_DISTORT_1 12 a ; Decentering Distortion Coeff 1
                DECENT_DISTORT_2 12 a ; Decentering Distortion Coeff 2
                AFFINITY_DISTORT_1 12 a ; Affinity Distortion Coeff 1
                AFFINITY_DISTORT_2 12 a ; Affinity Distortion Coeff 2
                CALIBRATION_DATE 8 n ; Calibration Date
            end
            IMAGE_FORMATION_DATA 1 a ; Image Formation Data
            if IMAGE_FORMATION_DATA = 'Y'
                METHOD 15 a ; Imaging Method
                MODE 3 a ; Imaging Mode
                ROW_COUNT 8 d int 1..99999999 ; Row Count
                COLUMN_COUNT 8 d int 1..99999999 ; Column Count
                ROW_SET 8 d int ; Row Detection Set
                COLUMN_SET 8 d int ; Column Detection Set
                ROW_RATE 10 n real ; Row Detection Rate
                COLUMN_RATE 10 n real ; Column Detection Rate
                FIRST_PIXEL_ROW 8 d int 0..99999999 ; First Collected Pixel Row
                FIRST_PIXEL_COLUMN 8 d int 0..99999999 ; First Collected Pixel Column
                TRANSFORM_PARAMS 1 d int 0..8 ; Image Transform Parameter Count
                RESERVED * TRANSFORM_PARAMS
                    RESERVED 12 n ; Image Transform Parameter 1
                end
            end
            REFERENCE_TIME 12 n ; Reference Time
            REFERENCE_ROW 8 n ; Reference Pixel Row
            REFERENCE_COLUMN 8 n ; Reference Pixel Column
            LATITUDE_OR_X 11 n ; Latitude or X
            LONGITUDE_OR_Y 12 n ; Longitude or Y
            ALTITUDE_OR_Z 11 n ; Altitude or Z
            SENSOR_X_OFFSET 8 n int ; Sensor X Position Offset
            SENSOR_Y_OFFSET 8 n int ; Sensor Y Position Offset
            SENSOR_Z_OFFSET 8 n int ; Sensor Z Position Offset
            ATTITUDE_EULER_ANGLES 1 a ; Attitude Euler Angles
            if ATTITUDE_EULER_ANGLES = 'Y'
                SENSOR_ANGLE_MODEL 1 d int ; Sensor Angle Model
                SENSOR_ANGLE_1 10 n ; Sensor Angle 1
                SENSOR_ANGLE_2 9 n ; Sensor Angle 2
                SENSOR_ANGLE_3 10 n ; Sensor Angle 3
                PLATFORM_RELATIVE 1 a ; Platform Relative Angles
                PLATFORM_HEADING 9 n ; Platform Heading
                PLATFORM_PITCH 9 n ; Platform Pitch
                PLATFORM_ROLL 10 n ; Platform Roll
            end
            ATTITUDE_UNIT_VECTORS 1 a ; Attitude Unit Vectors
            if ATTITUDE_UNIT_VECTORS = 'Y'
                ICX_NORTH_OR_X 10 n real ; Image Coord X Unit Vector 1
                ICX_EAST_OR_Y 10 n real ; Image Coord X Unit Vector 2
                ICX_DOWN_OR_Z 10 n real ; Image Coord X Unit Vector 3
                ICY_NORTH_OR_X 10 n real ; Image Coord Y Unit Vector 1
                ICY_EAST_OR_Y 10 n real ; Image Coord Y Unit Vector 2
                ICY_DOWN_OR_Z 10 n real ; Image Coord Y Unit Vector 3
                ICZ_NORTH_OR_X 10 n real ; Image Coord Z Unit Vector 1
                ICZ_EAST_OR_Y 10 n real ; Image Coord Z Unit Vector 2
                ICZ_DOWN_OR_Z 10 n real ; Image Coord Z Unit Vector 3
            end
            ATTITUDE_QUATERNION 1 a ; Attitude Quaternion
            if ATTITUDE_QUATERNION = 'Y'
                ATTITUDE_Q1 10 n real ; Attitude Quaternion Vector 1
                ATTITUDE_Q2 10 n real ; Attitude Quaternion Vector 2
                ATTITUDE_Q3 10 n real ; Attitude Quaternion Vector 3
                ATTITUDE_Q4 10 n real ; Attitude Scalar Component
            end
            SENSOR_VELOCITY_DATA 1 a ; Sensor Velocity Data
            if SENSOR_VELOCITY_DATA = 'Y'
                VELOCITY_NORTH_OR_X 9 n real ; Sensor North Velocity
                VELOCITY_EAST_OR_Y 9 n real ; Sensor East Velocity
                VELOCITY_DOWN_OR_Z 9 n real ; Sensor Down Velocity
            end
            POINT_SET_DATA 2 d int ; Point Set Data
            POINT_SETS * POINT_SET_DATA
                POINT_SET_TYPE 25 a ; Point Set Type
                POINT_COUNT 3 d int ; Point Count
                POINT * POINT_COUNT
                    P_ROW_NNN 8 n int ; Point Row Location
                    P_COLUMN_NNN 8 n int ; Point Column Location
                    P_LATITUDE_NNN 10 n ; Point Latitude
                    P_LONGITUDE_NNN 11 n ; Point Longitude
                    P_ELEVATION_NNN 6 n ; Point Elevation
                    P_RANGE_NNN 8 n ; Point Range
                end
            end
            TIME_STAMPED_DATA_SETS 2 d int ; Time Stamped Data
            TIME_STAMPED_SET * TIME_STAMPED_DATA_SETS
                TIME_STAMP_TYPE 3 a ; Time Stamp Type
                TIME_STAMP_COUNT 4 n int ; Time Stamp Parameter Count
                TIME_STAMP_COUNTS * TIME_STAMP_COUNT
                    TIME_STAMP_TIME 12 n real ; Time Stamp Time
                    TIME_STAMP_VALUE 12 n real if TIME_STAMP_TYPE = '05a'
                    TIME_STAMP_VALUE 8 n int if TIME_STAMP_TYPE = '05b'
                    TIME_STAMP_VALUE 8 n int if TIME_STAMP_TYPE = '05c'
                    TIME_STAMP_VALUE 11 n real if TIME_STAMP_TYPE = '06a'
                    TIME_STAMP_VALUE 12 n real if TIME_STAMP_TYPE = '06b' ; Time Stamp Value
                    TIME_STAMP_VALUE 11 n real if TIME_STAMP_TYPE = '06c'
                    TIME_STAMP_VALUE 8 n real if TIME_STAMP_TYPE = '06d'
                    TIME_STAMP_VALUE 8 n real if TIME_STAMP_TYPE = '06e'
                    TIME_STAMP_VALUE 8 n real if TIME_STAMP_TYPE = '06f' ; Time Stamp Value
                    TIME_STAMP_VALUE 1 n int if TIME_STAMP_TYPE = '07a'
                    TIME_STAMP_VALUE 10 n real if TIME_STAMP_TYPE = '07b'
                    TIME_STAMP_VALUE 9 n real if TIME_STAMP_TYPE = '07c'
                    TIME_STAMP_VALUE 10 n real if TIME_STAMP_TYPE = '07d'
                    TIME_STAMP_VALUE 1 a if TIME_STAMP_TYPE = '07e'
                    TIME_STAMP_VALUE 9 n real if TIME_STAMP_TYPE = '07f'
                    TIME_STAMP_VALUE 9 n real if TIME_STAMP_TYPE = '07g'
                    TIME_STAMP_VALUE 10 n real if TIME_STAMP_TYPE = '07h'
                    TIME_STAMP_VALUE 10 n real if TIME_STAMP_TYPE = '08a'
                    TIME_STAMP_VALUE 10 n real if TIME_STAMP_TYPE = '08b'
                    TIME_STAMP_VALUE 10 n real if TIME_STAMP_TYPE = '08c'
                    TIME_STAMP_VALUE 10 n real if TIME_STAMP_TYPE = '08d' ; Time Stamp Value
                    TIME_STAMP_VALUE 10 n real if TIME_STAMP_TYPE = '08e'
                    TIME_STAMP_VALUE 10 n real if TIME_STAMP_TYPE = '08f'
                    TIME_STAMP_VALUE 10 n real if TIME_STAMP_TYPE = '08g'
                    TIME_STAMP_VALUE 10 n real if TIME_STAMP_TYPE = '08h'
                    TIME_STAMP_VALUE 10 n real if TIME_STAMP_TYPE = '08i'
                    TIME_STAMP_VALUE 10 n real if TIME_STAMP_TYPE = '09a'
                    TIME_STAMP_VALUE 10 n real if TIME_STAMP_TYPE = '09b' ; Time Stamp Value
                    TIME_STAMP_VALUE 10 n real if TIME_STAMP_TYPE = '09c'
                    TIME_STAMP_VALUE 10 n real if TIME_STAMP_TYPE = '09d' ; Time Stamp Value
                    TIME_STAMP_VALUE 9 n real if TIME_STAMP_TYPE = '10a'
                    TIME_STAMP_VALUE 9 n real if TIME_STAMP_TYPE = '10b'
                    TIME_STAMP_VALUE 9 n real if TIME_STAMP_TYPE = '10c'
                end
            end
            PIXEL_REFERENCED_DATA_SETS 2 d int ; Pixel Reference Data
            PIXEL_REFERENCE_DATA_SET * PIXEL_REFERENCED_DATA_SETS
                PIXEL_REFERENCE_TYPE 3 a ; Pixel Reference Type
                PIXEL_REFERENCE_COUNT 4 d int ; Pixel Reference Parameter Count
                PIXEL_REFERENCE_COUNTS * PIXEL_REFERENCE_COUNT
                    PIXEL_REFERENCE_ROW 8 n int ; Pixel Reference Row
                    PIXEL_REFERENCE_COLUMN 8 n int ; Pixel Reference Column
                    PIXEL_REFERENCE_VALUE 12 n real if PIXEL_REFERENCE_TYPE = '05a'
                    PIXEL_REFERENCE_VALUE 8 n int if PIXEL_REFERENCE_TYPE = '05b'
                    PIXEL_REFERENCE_VALUE 8 n int if PIXEL_REFERENCE_TYPE = '05c'
                    PIXEL_REFERENCE_VALUE 11 n real if PIXEL_REFERENCE_TYPE = '06a'
                    PIXEL_REFERENCE_VALUE 12 n real if PIXEL_REFERENCE_TYPE = '06b'
                    PIXEL_REFERENCE_VALUE 11 n real if PIXEL_REFERENCE_TYPE = '06c'
                    PIXEL_REFERENCE_VALUE 8 n real if PIXEL_REFERENCE_TYPE = '06d'
                    PIXEL_REFERENCE_VALUE 8 n real if PIXEL_REFERENCE_TYPE = '06e' ; Pixel Reference Value
                    PIXEL_REFERENCE_VALUE 8 n real if PIXEL_REFERENCE_TYPE = '06f'
                    PIXEL_REFERENCE_VALUE 1 n int if PIXEL_REFERENCE_TYPE = '07a'
                    PIXEL_REFERENCE_VALUE 10 n real if PIXEL_REFERENCE_TYPE = '07b'
                    PIXEL_REFERENCE_VALUE 9 n real if PIXEL_REFERENCE_TYPE = '07c'
                    PIXEL_REFERENCE_VALUE 10 n real if PIXEL_REFERENCE_TYPE = '07d'
                    PIXEL_REFERENCE_VALUE 1 a if PIXEL_REFERENCE_TYPE = '07e'
                    PIXEL_REFERENCE_VALUE 9 n real if PIXEL_REFERENCE_TYPE = '07f' ; Pixel Reference Value
                    PIXEL_REFERENCE_VALUE 9 n real if PIXEL_REFERENCE_TYPE = '07g'
                    PIXEL_REFERENCE_VALUE 10 n real if PIXEL_REFERENCE_TYPE = '07h'
                    PIXEL_REFERENCE_VALUE 10 n real if PIXEL_REFERENCE_TYPE = '08a'
                    PIXEL_REFERENCE_VALUE 10 n real if PIXEL_REFERENCE_TYPE = '08b'
                    PIXEL_REFERENCE_VALUE 10 n real if PIXEL_REFERENCE_TYPE = '08c'
                    PIXEL_REFERENCE_VALUE 10 n real if PIXEL_REFERENCE_TYPE = '08d'
                    PIXEL_REFERENCE_VALUE 10 n real if PIXEL_REFERENCE_TYPE = '08e'
                    PIXEL_REFERENCE_VALUE 10 n real if PIXEL_REFERENCE_TYPE = '08f'
                    PIXEL_REFERENCE_VALUE 10 n real if PIXEL_REFERENCE_TYPE = '08g'
                    PIXEL_REFERENCE_VALUE 10 n real if PIXEL_REFERENCE_TYPE = '08h'
                    PIXEL_REFERENCE_VALUE 10 n real if PIXEL_REFERENCE_TYPE = '08i'
                    PIXEL_REFERENCE_VALUE 10 n real if PIXEL_REFERENCE_TYPE = '09a' ; Pixel Reference Value
                    PIXEL_REFERENCE_VALUE 10 n real if PIXEL_REFERENCE_TYPE = '09b'
                    PIXEL_REFERENCE_VALUE 10 n real if PIXEL_REFERENCE_TYPE = '09c' ; Pixel Reference Value
                    PIXEL_REFERENCE_VALUE 10 n real if PIXEL_REFERENCE_TYPE = '09d'
                    PIXEL_REFERENCE_VALUE 9 n real if PIXEL_REFERENCE_TYPE = '10a'
                    PIXEL_REFERENCE_VALUE 9 n real if PIXEL_REFERENCE_TYPE = '10b'
                    PIXEL_REFERENCE_VALUE 9 n real if PIXEL_REFERENCE_TYPE = '10c' ; Pixel Reference Value
                end
            end
            UNCERTAINTY_DATA 3 d int ; Uncertainty Data
            UNCERTAINTY_DATA_SETS * UNCERTAINTY_DATA
                UNCERTAINTY_FIRST_TYPE_NNN 11 a ; Uncertainty First Index
                UNCERTAINTY_SECOND_TYPE_NNN 11 a ; Uncertainty Second Index
                UNCERTAINTY_VALUE_NNN 10 n ; Uncertainty Value
            end
            ADDITIONAL_PARAMETER_DATA 3 d int ; Additional Parameters
            ADDITIONAL_PARAMETER_DATA_SETS * ADDITIONAL_PARAMETER_DATA
                PARAMETER_NAME 25 a ; Parameter Name
                PARAMETER_SIZE 3 d int ; Parameter Field Size
                PARAMETER_COUNT 4 d int ; Parameter Value Count
                PARAMETER_VALUE * PARAMETER_COUNT
                    PARAMETER_VALUE PARAMETER_SIZE a ; Parameter Value
                end
            end
            """),
    ]
}
