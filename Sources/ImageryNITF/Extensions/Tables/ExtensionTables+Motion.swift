// Motion imagery (STDI-0002 Volume 1, Appendix AF).

extension ExtensionTables {
    static let motion: [ExtensionLayout] = [
        ExtensionLayout(
            "CAMSDA", "Camera Set Definition", "STDI-0002 Volume 1, Appendix AF, Section AF 5.2",
            """
            NUM_CAMERA_SETS 3 n int 1..999
            NUM_CAMERA_SETS_IN_TRE 3 n int 1..534
            FIRST_CAMERA_SET_IN_TRE 3 n int 1..999
            CAMERA_SETS * NUM_CAMERA_SETS_IN_TRE
                NUM_CAMERAS_IN_SET 3 n int 1..543
                CAMERAS * NUM_CAMERAS_IN_SET
                    CAMERA_ID 36 a
                    CAMERA_DESC 80 a
                    LAYER_ID 36 a
                    IDLVL 3 n int 1..999
                    IALVL 3 n int 0..998
                    ILOC 10 n
                    NROWS 8 n int 1..99999999
                    NCOLS 8 n int 1..99999999
                end
            end
            """),
        ExtensionLayout(
            "CONTXA", "Context Metadata Wrapper", "STDI-0002 Volume 1, Appendix AF, Section AF 5.11, Table AF-11",
            """
            CONTEXT_TYPE 2 a
            AGGREGATION_MODE 1 a
            INDEX_LIST_LENGTH 4 n 0001..9999
            INDEX_LIST INDEX_LIST_LENGTH a
            CEDATA remaining b
            """),
        ExtensionLayout(
            "FASYWA", "Frame Asynchronous Wrapper", "STDI-0002 Volume 1, Appendix AF, Section AF 5.9",
            """
            START_TIMESTAMP 24 a
            END_TIMESTAMP 24 a
            CEDATA remaining b
            """),
        ExtensionLayout(
            "FREESA", "Free Space", "STDI-0002 Volume 1, Appendix AF, Section AF 5.6",
            """
            STUFFING remaining b
            """),
        ExtensionLayout(
            "FSYNWA", "Frame Synchronous Wrapper", "STDI-0002 Volume 1, Appendix AF, Section AF 5.10",
            """
            START_FRAME_NUMBER 9 n
            END_FRAME_NUMBER 9 n
            CEDATA remaining b
            """),
        ExtensionLayout(
            "MICIDA", "Motion Imagery Core Identification", "STDI-0002 Volume 1, Appendix AF, Section AF 5.3",
            """
            MIIS_CORE_ID_VERSION 2 n
            NUM_CAMERA_IDS_IN_TRE 3 n
            CAMERA_IDS * NUM_CAMERA_IDS_IN_TRE
                CAMERA_ID 36 a
                CORE_ID_LENGTH 3 n
                CAMERA_CORE_ID CORE_ID_LENGTH a
            end
            """),
        ExtensionLayout(
            "MIMCSA", "Motion Imagery Collection Summary", "STDI-0002 Volume 1, Appendix AF, Section AF 5.1",
            """
            LAYER_ID 36 a
            NOMINAL_FRAME_RATE 13 a real 0.0..
            MIN_FRAME_RATE 13 a real 0.0..
            MAX_FRAME_RATE 13 a real 0.0..
            T_RSET 2 n int 0..99
            MI_REQ_DECODER 2 a
            MI_REQ_PROFILE 36 a
            MI_REQ_LEVEL 6 a
            """),
        ExtensionLayout(
            "MTIMFA", "Motion Imagery File", "STDI-0002 Volume 1, Appendix AF, Section AF 5.5",
            """
            LAYER_ID 36 a
            CAMERA_SET_INDEX 3 n int 1..999
            TIME_INTERVAL_INDEX 6 n int 1..999999
            NUM_CAMERAS_DEFINED 3 n int 1..999
            CAMERAS * NUM_CAMERAS_DEFINED
                CAMERA_ID 36 a
                NUM_TEMP_BLOCKS 3 n int 1..999
                TEMPORAL_BLOCKS * NUM_TEMP_BLOCKS
                    START_TIMESTAMP 24 a
                    END_TIMESTAMP 24 a
                    IMAGE_SEG_INDEX 3 a
                end
            end
            """),
        ExtensionLayout(
            "MTIMSA", "Motion Imagery Segment", "STDI-0002 Volume 1, Appendix AF, Section AF 5.7",
            """
            IMAGE_SEG_INDEX 3 n int 1..999
            GEOCOORDS_STATIC 2 n
            LAYER_ID 36 a
            CAMERA_SET_INDEX 3 n int 0..999
            CAMERA_ID 36 a
            TIME_INTERVAL_INDEX 6 n int 0..999999
            TEMP_BLOCK_INDEX 3 n int 0..999
            NOMINAL_FRAME_RATE 13 a real
            REFERENCE_FRAME_NUM 9 n
            BASE_TIMESTAMP 24 a
            DT_MULTIPLIER 8 u
            DT_SIZE 1 u 1..8
            NUMBER_FRAMES 4 u
            NUMBER_DT 4 u
            DT * NUMBER_DT
                DT DT_SIZE b
            end
            """),
        ExtensionLayout(
            "TMINTA", "Time Interval", "STDI-0002 Volume 1, Appendix AF, Section AF 5.4",
            """
            NUM_TIME_INT 4 n int 1..1851
            TIME_INTERVALS * NUM_TIME_INT
                TIME_INTERVAL_INDEX 6 n int 0..999999
                START_TIMESTAMP 24 a
                END_TIMESTAMP 24 a
            end
            """),
    ]
}
