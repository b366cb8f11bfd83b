// User-defined subheaders of data extensions (STDI-0002 Volume 2).

extension ExtensionTables {
    static let dataExtensions: [ExtensionLayout] = [
        ExtensionLayout(
            "CSATTA DES", "CSATTA DES User-Defined Subheader", "STDI-0002 Volume 2, Appendix C - CSATTA",
            """
            ATT_TYPE 12 a
            DT_ATT 14 a
            DATE_ATT 8 a
            T0_ATT 13 a
            NUM_ATT 5 n int
            """),
        ExtensionLayout(
            "CSATTB", "Attitude Data of a Common Sensor", "STDI-0002 Volume 2",
            """
            UUID 36 a
            NUMAIS 3 a
            if NUMAIS != 'ALL'
                AISDLVL * NUMAIS
                    AISDLVL 3 n int
                end
            end
            NUM_ASSOC_ELEM 3 n int
            ASSOC_ELEM_UUID * NUM_ASSOC_ELEM
                ASSOC_ELEM_UUID 36 a
            end
            RESERVEDSUBH_LEN 4 n int
            """),
        ExtensionLayout(
            "CSCSDB", "Covariance Data of a Common Sensor", "STDI-0002 Volume 2",
            """
            UUID 36 a
            NUMAIS 3 a
            if NUMAIS != 'ALL'
                AISDLVL * NUMAIS
                    AISDLVL 3 n int
                end
            end
            NUM_ASSOC_ELEM 3 n int 0..276
            ASSOC_ELEM_UUID * NUM_ASSOC_ELEM
                ASSOC_ELEM_UUID 36 a
            end
            RESERVEDSUBH_LEN 4 n int
            """),
        ExtensionLayout(
            "CSEPHB", "Ephemeris Data of a Common Sensor", "STDI-0002 Volume 2",
            """
            UUID 36 a
            NUMAIS 3 a
            if NUMAIS != 'ALL'
                AISDLVL * NUMAIS
                    AISDLVL 3 n int
                end
            end
            NUM_ASSOC_ELEM 3 n int 0..276
            ASSOC_ELEM_UUID * NUM_ASSOC_ELEM
                ASSOC_ELEM_UUID 36 a
            end
            RESERVEDSUBH_LEN 4 n int
            """),
        ExtensionLayout(
            "CSSFAB", "Field Alignment Data of a Common Sensor", "STDI-0002 Volume 2",
            """
            UUID 36 a
            NUMAIS 3 a
            if NUMAIS != 'ALL'
                AISDLVL * NUMAIS
                    AISDLVL 3 n int
                end
            end
            NUM_ASSOC_ELEM 3 n int 0..276
            ASSOC_ELEM_UUID * NUM_ASSOC_ELEM
                ASSOC_ELEM_UUID 36 a
            end
            RESERVEDSUBH_LEN 4 n int
            """),
        ExtensionLayout(
            "CSSHPA DES", "CSSHPA DES User-Defined Subheader", "STDI-0002 Volume 2, Appendix D - CSSHPA-CSSHPB",
            """
            SHAPE_USE 25 a
            SHAPE_CLASS 10 a
            CC_SOURCE 18 a if SHAPE_USE = 'CLOUD_SHAPES'
            SHAPE1_NAME 3 a
            SHAPE1_START 6 n int
            SHAPE2_NAME 3 a
            SHAPE2_START 6 n int
            SHAPE3_NAME 3 a
            SHAPE3_START 6 n int
            """),
        ExtensionLayout(
            "CSSHPB DES", "CSSHPB DES User-Defined Subheader", "STDI-0002 Volume 2, Appendix D, Table D.5-1",
            """
            SHAPEFILE_ID 36 a
            SHAPES_ID 36 a
            NUMAIS 3 n int
            if NUMAIS != 'ALL'
                if NUMAIS != '000'
                    AISDLVL * NUMAIS
                        AISDLVL 3 n int
                    end
                end
            end
            TIMESTAMP 24 a
            NUM_ASSOC_ELEM 3 n int
            if NUM_ASSOC_ELEM != '000'
                ASSOC_ELEM_ID * NUM_ASSOC_ELEM
                    ASSOC_ELEM_ID 36 a
                end
            end
            SHAPE_USE 25 a
            NUM_SHAPE_USE_ATTR 3 n int
            SHAPE_USE_ATTR * NUM_SHAPE_USE_ATTR
                NAME 15 a
                VAL 10 a
            end
            SHAPE_CLASS 11 a
            SHAPE_COORD 10 a
            SHAPE_VERSION 11 a
            SHAPE_PART 3 n int 1..
            SHAPE_NUM_PARTS 3 n int 1..
            SOURCE 18 a
            SHAPE1_NAME 3 a
            SHAPE1_START 9 n int
            SHAPE2_NAME 3 a
            SHAPE2_START 9 n int
            SHAPE3_NAME 3 a
            SHAPE3_START 9 n int
            if DESVER = 1
                NUM_SUPPORTING_FILES 2 n int
                SUPPORTING * NUM_SUPPORTING_FILES
                    NAME_LEN 2 n int 1..
                    NAME NAME_LEN a
                    START 9 n int
                    SIZE 9 n int
                end
            end
            """),
        ExtensionLayout(
            "EXT_DEF_CONTENT", "EXT_DEF_CONTENT DES User-Defined Subheader", "STDI-0002 Volume 2, Appendix K - EXT_DEF_CONTENT",
            """
            CONTENT_HEADERS_LEN 4 n
            CONTENT_HEADERS CONTENT_HEADERS_LEN
            """),
        ExtensionLayout(
            "LIDARA", "LIDARA DES User-Defined Subheader", "STDI-0002 Volume 2, Appendix J - LIDARA",
            """
            INDES 3 n 000..998
            """),
        ExtensionLayout(
            "MRGXMA", "MRGXMA DES User-Defined Subheader", "STDI-0002 Volume 2, Appendix O - MRGXMA",
            """
            NUM_SEG_ASSOC 3 n 001..999
            VALUE * NUM_SEG_ASSOC
                VALUE 25 a
            end
            """),
        ExtensionLayout(
            "WEATHER_DATA", "WEATHER_DATA DES User-Defined Subheader (DESVER=04)", "STDI-0002 Volume 2, Appendix L, Table L.6-8",
            """
            DES_DATE_TIME 14
            DES_WRITER_NAME 256
            DES_WRITER_VERSION 66
            DES_UUID 36 a
            NUMAIS 3 a
            AISDLVL * NUMAIS if NUMAIS != 'ALL' and NUMAIS != '000'
                AISDLVL 3 n 001..999
            end
            NUM_SHAPEFILES 3 a
            SHAPEFILE_UUID * NUM_SHAPEFILES if NUM_SHAPEFILES != 'ALL' and NUM_SHAPEFILES != '000'
                SHAPEFILE_UUID 36 n
            end
            NUM_ASSOC_ELEM 3 a 000..999
            ASSOC_ELEM_UUID * NUM_ASSOC_ELEM if NUM_ASSOC_ELEM > 0
                ASSOC_ELEM_UUID 36 n
            end
            METOC_WRITER_NAME 256
            METOC_WRITER_VERSION 66
            ATMOS_FLAG 1
            OCEAN_FLAG 1
            SPACE_FLAG 1
            METOC_SOURCE 80
            METOC_SOURCE_FORCE 40 a if METOC_SOURCE = 'NONTRADITIONAL'
            METOC_SOURCE_FORCE_UNIT 240 a if METOC_SOURCE = 'NONTRADITIONAL'
            METOC_FORMAT 80
            COM_SIZE 4 n 0000..8388
            COMMENTS COM_SIZE if COM_SIZE > 0
            CREATION_TIMESTAMP 14
            VALID_TIMESTAMP 14
            METOC_GENERATION 80
            LOCATION_SHAPE 40 a
            NUMPTS 2 n if LOCATION_SHAPE != ''
            LOC_ELEV_REF 3 a if LOCATION_SHAPE != ''
            LOCATION_POINTS * NUMPTS if LOCATION_SHAPE != ''
                LOCATION_POINT_X 14 n
                LOCATION_POINT_Y 13 n
                LOCATION_POINT_Z 12 a
            end
            """),
        ExtensionLayout(
            "XML_DATA_CONTENT", "XML Data Content DES User-Defined Subheader", "STDI-0002 Volume 2, Appendix F - XML_DATA_CONTENT",
            """
            DESCRC 5 n
            DESSHFT 8 a if size >= 283
            DESSHDT 20 a if size >= 283
            DESSHRP 40 8 if size >= 283
            DESSHSI 60 8 if size >= 283
            DESSHSV 10 a if size >= 283
            DESSHSD 20 a if size >= 283
            DESSHTN 120 a if size >= 283
            DESSHLPG 125 a -90..+90 if size >= 773
            DESSHLPT 25 a if size >= 773
            DESSHLI 20 a if size >= 773
            DESSHLIN 120 a if size >= 773
            DESSHABS 200 8 if size >= 773
            """),
    ]
}
