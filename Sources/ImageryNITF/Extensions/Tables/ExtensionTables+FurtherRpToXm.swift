// Further extensions of STDI-0002 Volume 1, registered and controlled.

extension ExtensionTables {
    static let furtherRpToXm: [ExtensionLayout] = [
        ExtensionLayout(
            "RPFHDR", "Header Section of a Raster Product Frame", "STDI-0002",
            """
            LITTLE_BIG_ENDIAN_INDICATOR 1 u ; endian flag
            HEADER_SECTION_LENGTH 2 u ; header section length
            FILENAME 12 a ; filename
            NEW_REPLACEMENT_UPDATE_INDICATOR 1 u ; new flag
            GOVERNING_STANDARD_NUMBER 15 a ; standard number
            GOVERNING_STANDARD_DATE 8 a ; standard date
            SECURITY_CLASSIFICATION 1 a ; classification
            SECURITY_COUNTRY_INTERNATIONAL_CODE 2 a ; country code
            SECURITY_RELEASE_MARKING 2 a ; release
            LOCATION_SECTION_LOCATION 4 u ; location sect phys loc
            """),
        ExtensionLayout(
            "S2EVPA", "Stored Pixel Value to Engineering Value Polynomial", "STDI-0002 Volume 1, Appendix AT - S2EVPA v1.0",
            """
            QUANTITY_NAME_LEN 3 n 000..999
            QUANTITY_NAME QUANTITY_NAME_LEN if QUANTITY_NAME_LEN > 0
            UOM_LEN 3 n 000..999
            UOM UOM_LEN if UOM_LEN > 0
            FIRST_BAND 5 n 00001..99999
            LAST_BAND 5 n 00001..99999
            NUMCOEF 1 n
            VALUE * NUMCOEF
                VALUE 15 a
            end
            """),
        ExtensionLayout(
            "SECTGA", "Secondary Target", "STDI-0002",
            """
            SEC_ID 12 a ; Secondary Target ID
            SEC_BE 15 a ; Secondary Target BE No
            RESVD001 1 a ; reserved 1
            """),
        ExtensionLayout(
            "SECURA", "Extended Security Marking Metadata", "STDI-0002 Volume 1, Appendix AI - SECURA",
            """
            FDATTIM 14 a ; NITF Date Time
            NITFVER 9 a ; NITF Version Flag
            NFSECFLDS 207 b ; NITF Security Fields
            SECSTD 8 a ; Security Standard
            SECCOMP 8 a ; Security Field Compression
            SECLEN 5 n int 00000..99737 ; Security Length
            SECURITY SECLEN b ; Security Data
            """),
        ExtensionLayout(
            "SNSRA", "Sensor and its Bands", "STDI-0002",
            """
            VERNUM 4 n
            SENNAME 20 a
            SENTYPE 1 a
            SENMODE 10 a
            SENSCAN 12 a
            SENSOR_ID 10 a
            MPLAN 3 a
            SENSERIAL 4 a
            SENOPORG 10 a
            SENMFG 12 a
            ABSWVER 7 a
            AVG_ALT 5 a
            if SENTYPE = 'R'
                FOC_X 7 a
                FOC_Y 7 a
                FOC_Z 7 a
                NUM_SENBAND 1 n
                SENBANDS * NUM_SENBAND
                    SENBAND 10 a
                    SEN_BANDWL 3 a ; SEN_BANDW
                    SEN_CEN_F 3 a
                    POLARIZATION 2 a
                    AZ_BWIDTH 6 a
                    EL_BWIDTH 6 a
                    DYN_RNGE 4 a
                    SENCALFAC 15 a
                end
            end
            if SENTYPE = 'I'
                NUM_SENBAND 1 n
                SENBANDS * NUM_SENBAND
                    SENBAND 10 a
                    SEN_FOV_T 3 a
                    SEN_FOV_T_U 1 a
                    SEN_IFOV_T 3 a
                    SEN_IFOV_T_U 1 a
                    SEN_FOV_CT 5 a
                    SEN_IFOV_CT 3 a
                    SEN_IFOV_CT_U 1 a
                    SEN_FOR_T 3 a
                    SEN_FOR_CT 3 a
                    SEN_L_WAVE 4 a
                    SEN_U_WAVE 4 a
                    SUBBANDS 3 a
                    SENFLENGTH 4 a
                    SENFNUM 4 a
                    LINESAMPLES 4 a
                    DETECTTYPE 12 a
                    POLARIZATION 2 a
                    DYN_RNGE 4 a
                    SENCALFAC 15 a
                end
            end
            if SENTYPE = 'E'
                NUM_SENBAND 1 n
                SENBANDS * NUM_SENBAND
                    SENBAND 10 a
                    SEN_FOV_T 3 a
                    SEN_FOV_T_U 1 a
                    SEN_IFOV_T 3 a
                    SEN_IFOV_T_U 1 a
                    SEN_FOV_CT 5 a
                    SEN_IFOV_CT 3 a
                    SEN_IFOV_CT_U 1 a
                    SEN_FOR_T 3 a
                    SEN_FOR_CT 3 a
                    SEN_L_WAVE 4 a
                    SEN_U_WAVE 4 a
                    SUBBANDS 3 a
                    SENFLENGTH 4 a
                    SENFNUM 4 a
                    LINESAMPLES 4 a
                    DETECTTYPE 12 a
                    POLARIZATION 2 a
                    DYN_RNGE 4 a
                    SENCALFAC 15 a
                end
            end
            """),
        ExtensionLayout(
            "SODDXA", "Space Object Description Data XML", "STDI-0002 Volume 1, Appendix AP - SODDXA v1.0",
            """
            XML_DATA remaining b
            """),
        ExtensionLayout(
            "STDIDC", "Standard ID", "STDI-0002 Volume 1, Appendix D - CSDE",
            """
            ACQUISITION_DATE 14 a ; ACQ DATE
            MISSION 14 a
            PASS 2 a
            OP_NUM 3 n ; OP NUM
            START_SEGMENT 2 a ; START SEGMENT
            REPRO_NUM 2 n ; REPRO NUM
            REPLAY_REGEN 3 a ; REPLAY REGEN
            BLANK_FILL 1 a ; BLANK FILL
            START_COLUMN 3 n ; START COLUMN
            START_ROW 5 n ; START ROW
            END_SEGMENT 2 a ; END SEGMENT
            END_COLUMN 3 n ; END COLUMN
            END_ROW 5 n ; END ROW
            COUNTRY 2 a
            WAC 4 n ; W A C
            LOCATION 11 a
            RESERVED1 5 a ; Reserved 1
            RESERVED2 8 a ; Reserved 2
            """),
        ExtensionLayout(
            "STEROB", "Stereo Mates", "STDI-0002",
            """
            ST_ID 60 a ; Standard ID
            N_MATES 1 a ; N Mates
            MATE_INSTANCE 1 a ; Mate Instance
            B_CONV 5 a ; B Conv
            E_CONV 5 a ; E Conv
            B_ASYM 5 a ; B Asym
            E_ASYM 5 a ; E Asym
            B_BIE 6 a ; B BIE
            E_EIE 6 a ; E EIE
            """),
        ExtensionLayout(
            "SYSIDA", "System Identification", "STDI-0002 Volume 1, Appendix AS - SYSIDA v1.0",
            """
            PLATFORM_ID_LEN 3 n 000..999
            PLATFORM_ID PLATFORM_ID_LEN if PLATFORM_ID_LEN > 0
            PAYLOAD_ID_LEN 3 n 000..999
            PAYLOAD_ID PAYLOAD_ID_LEN if PAYLOAD_ID_LEN > 0
            SENSOR_ID_LEN 3 n 000..999
            SENSOR_ID SENSOR_ID_LEN if SENSOR_ID_LEN > 0
            """),
        ExtensionLayout(
            "TRGTA", "Targets in the Scene", "STDI-0002",
            """
            VERNUM 4 n
            NO_VALID_TGTS 3 n
            NO_SCENE_TGTS 3 n
            TARGETS * NO_VALID_TGTS
                TGT_NAME 25 a
                TGT_TYPE 15 a
                TGT_VER 6 a
                TGT_CAT 5 a
                TGT_BE 17 a
                TGT_SN 10 a
                TGT_POSNUM 2 a
                TGT_ATTITUDE_PITCH 6 a
                TGT_ATTITUDE_ROLL 6 a
                TGT_ATTITUDE_YAW 6 a
                TGT_DIM_LENGTH 5 a
                TGT_DIM_WIDTH 5 a
                TGT_DIM_HEIGHT 5 a
                TGT_AZIMUTH 6 a
                TGT_CLTR_RATIO 8 a
                TGT_STATE 10 a
                TGT_COND 30 a
                TGT_OBSCR 20 a
                TGT_OBSCR% 3 a
                TGT_CAMO 20 a
                TGT_CAMO% 3 a
                TGT_UNDER 12 a
                TGT_OVER 30 a
                TGT_TTEXTURE 45 a
                TGT_PAINT 40 a
                TGT_SPEED 3 a
                TGT_HEADING 3 a
                TGT_QC_NUM 1 n
                TGT_QCOMMENT * TGT_QC_NUM
                    TGT_QCOMMENT 40 a
                end
                TGT_CC_NUM 1 n
                TGT_CCOMMENT * TGT_CC_NUM
                    TGT_CCOMMENT 40 a
                end
                NO_REF_PT 1 n
                REFERENCE_POINTS * NO_REF_PT
                    TGT_REF 10 a
                    TGT_LL 21 a
                    TGT_ELEV 8 a
                    TGT_BAND 3 a
                    TGT_ROW 8 n
                    TGT_COL 8 n
                    TGT_PROW 8 n
                    TGT_PCOL 8 n
                end
            end
            NO_ATTRIBUTES 3 n
            ATTRIBUTES * NO_ATTRIBUTES
                ATTR_TGT_NUM 3 n
                ATTR_NAME 30 a
                ATTR_CONDTN 35 a
                ATTR_VALUE 10 a
            end
            """),
        ExtensionLayout(
            "USE00A", "Exploitation Usability", "STDI-0002 Volume 1, Appendix D - CSDE",
            """
            ANGLE_TO_NORTH 3 n ; Angle to North
            MEAN_GSD 5 n ; Mean GSD
            RESERVED1 1 a ; Reserved 1
            DYNAMIC_RANGE 5 n ; Dynamic Range
            RESERVED2 3 a ; Reserved 2
            RESERVED3 1 a ; Reserved 3
            RESERVED4 3 a ; Reserved 4
            OBL_ANG 5 n ; Obliquity Angle
            ROLL_ANG 6 n ; Roll Angle
            RESERVED5 12 a ; Reserved 5
            RESERVED6 15 a ; Reserved 6
            RESERVED7 4 a ; Reserved 7
            RESERVED8 1 a ; Reserved 8
            RESERVED9 3 a ; Reserved 9
            RESERVED10 1 a ; Reserved 10
            RESERVED11 1 a ; Reserved 11
            N_REF 2 n ; Number of Reference Lines
            REV_NUM 5 n ; Revolution Number
            N_SEG 3 n ; Number of Segments
            MAX_LP_SEG 6 n ; Max Lines per Segment
            RESERVED12 6 a ; Reserved 12
            RESERVED13 6 a ; Reserved 13
            SUN_EL 5 n ; Sun Elevation
            SUN_AZ 5 n ; Sun Azimuth
            """),
        ExtensionLayout(
            "XMLDCA", "XML Data Content", "STDI-0002 Volume 1, Appendix AE - XMLDCA",
            """
            TRESHL 4 n
            TRECRC 5 n 00000..65535 if TRESHL >= 5
            TRESHFT 8 a if TRESHL >= 283
            TRESHDT 20 a if TRESHL >= 283
            TRESHRP 40 a if TRESHL >= 283
            TRESHSI 60 a if TRESHL >= 283
            TRESHSV 10 a if TRESHL >= 283
            TRESHSD 20 a if TRESHL >= 283
            TRESHTN 120 a if TRESHL >= 283
            TRESHLPG 125 a if TRESHL >= 773
            TRESHLPT 25 a if TRESHL >= 773
            TRESHLI 20 a if TRESHL >= 773
            TRESHLIN 120 a if TRESHL >= 773
            TRESHABS 200 a if TRESHL >= 773
            TREDATA remaining b
            """),
    ]
}
