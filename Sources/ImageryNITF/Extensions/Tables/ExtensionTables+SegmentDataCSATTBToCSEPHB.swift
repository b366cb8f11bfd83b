// Data of data extensions that are fields (STDI-0002 Volume 2).

extension ExtensionTables {
    static let dataExtensionContentsCSATTBToCSEPHB: [ExtensionLayout] = [
        ExtensionLayout(
            "CSATTB", "Data of CSATTB", "STDI-0002 Volume 2",
            """
            QUAL_FLAG_ATT 1 n int 0..1
            INTERP_TYPE_ATT 1 n int 0..3
            INTERP_ORDER_ATT 1 n int if INTERP_TYPE_ATT = '2' or INTERP_TYPE_ATT = '3'
            ATT_TYPE 1 n int 0..2
            ECI_ECF_ATT 1 n int 0..1
            if ECI_ECF_ATT = '0' and DESVER >= 2
                TA_POLE 19 n real 2000000..3000000
                A_POLE 11 n real -1..1
                B_POLE 11 n real -1..1
                CJ1_POLE 11 n real -1..1
                CJ2_POLE 11 n real -1..1
                DJ1_POLE 11 n real -1..1
                DJ2_POLE 11 n real -1..1
                PJ1_POLE 10 n real 0..500
                PJ2_POLE 10 n real 0..500
                E_POLE 11 n real -1..1
                F_POLE 11 n real -1..1
                GK1_POLE 11 n real -1..1
                GK2_POLE 11 n real -1..1
                HK1_POLE 11 n real -1..1
                HK2_POLE 11 n real -1..1
                PK1_POLE 10 n real 0..500
                PK2_POLE 10 n real 0..500
                TB_UT 19 n real 2000000..3000000
                I_UT 12 n real -1..1
                J_UT 12 n real -1..1
                KN1_UT 12 n real -1..1
                KN2_UT 12 n real -1..1
                KN3_UT 12 n real -1..1
                KN4_UT 12 n real -1..1
                LN1_UT 12 n real -1..1
                LN2_UT 12 n real -1..1
                LN3_UT 12 n real -1..1
                LN4_UT 12 n real -1..1
                PN1_UT 10 n real 0..500
                PN2_UT 10 n real 0..500
                PN3_UT 10 n real 0..500
                PN4_UT 10 n real 0..500
            end
            DT_ATT 13 n real 000.000000001..999.999999999
            DATE_ATT 8 n int
            T0_ATT 16 n real
            NUM_ATT 5 n int 00001..99999
            ATT * NUM_ATT
                Q1 18 n real -1..1
                Q2 18 n real -1..1
                Q3 18 n real -1..1
                Q4 18 n real -1..1
            end
            RESERVED_LEN 9 n int
            RESERVED RESERVED_LEN a if RESERVED_LEN != '000000000'
            """),
        ExtensionLayout(
            "CSCSDB", "Data of CSCSDB", "STDI-0002 Volume 2",
            """
            COV_VERSION_DATE 8 n int
            CORE_SETS 1 n int 0..6
            CORE_SET * CORE_SETS
                REF_FRAME_POSITION 1 n int 1..6
                REF_FRAME_ATTITUDE 1 n int 1..6
                NUM_GROUPS 1 n int 1..7
                GROUPS * NUM_GROUPS
                    CORR_REF_DATE 8 n int
                    CORR_REF_TIME 16 n real
                    NUM_ADJ_PARM 1 n int 1..7
                    ADJ_PARM_ID * NUM_ADJ_PARM
                        ADJ_PARM_ID 1 n int 1..7
                    end
                    BASIC_SUB_ALLOC 1 n int 0..1
                    if BASIC_SUB_ALLOC = '1'
                        ERRCOV_C1 * (NUM_ADJ_PARM+1)*(NUM_ADJ_PARM)/2
                            ERRCOV_C1 21 n real
                        end
                        BASIC_PF_FLAG 1 n int 0..1
                        if BASIC_PF_FLAG = '1'
                            NUM_BASIC_PF 2 n int 01..99
                            BASIC_PF * NUM_BASIC_PF
                                BASIC_PF_SPDCF 2 n int 01..99
                                NUM_PAIRINGS_BASIC_PF 2 n int 01..99
                                BASIC_PF_SPDCF_SENSOR * NUM_PAIRINGS_BASIC_PF
                                    BASIC_PF_SPDCF_SENSOR 6 a
                                end
                            end
                        end
                        BASIC_PL_FLAG 1 n int 0..1
                        if BASIC_PL_FLAG = '1'
                            NUM_BASIC_PL 2 n int 01..99
                            BASIC_PL * NUM_BASIC_PL
                                BASIC_PL_SPDCF 2 n int 01..99
                                NUM_PAIRINGS_BASIC_PL 2 n int 01..99
                                BASIC_PL_SPDCF_SENSOR * NUM_PAIRINGS_BASIC_PL
                                    BASIC_PL_SPDCF_SENSOR 6 a
                                end
                            end
                        end
                        BASIC_SR_FLAG 1 n int 0..1
                        BASIC_SR_SPDCF 2 n int 01..99 if BASIC_SR_FLAG = '1'
                    end
                    POST_SUB_ALLOC 1 n int 0..1
                    if POST_SUB_ALLOC = '1'
                        POST_START_DATE 8 n int
                        POST_START_TIME 15 n real 00000.000000000..86399.999999999
                        POST_DT 13 n real 000.000000000..999.999999999
                        NUM_POSTS 3 n int 002..999
                        COMMON_POSTS_COV 1 n int 0..1
                        if COMMON_POSTS_COV = '1'
                            ERRCOV_C2 * (NUM_ADJ_PARM+1)*(NUM_ADJ_PARM)/2
                                ERRCOV_C2 21 n real
                            end
                        end
                        if COMMON_POSTS_COV = '0'
                            POSTS * NUM_POSTS
                                ERRCOV_C2 * (NUM_ADJ_PARM+1)*(NUM_ADJ_PARM)/2
                                    ERRCOV_C2 21 n real
                                end
                            end
                        end
                        POST_INTERP 1 n int
                        POST_PF_FLAG 1 n int 0..1
                        if POST_PF_FLAG = '1'
                            NUM_POST_PF 2 n int 01..99
                            POST_PF * NUM_POST_PF
                                POST_PF_SPDCF 2 n int 01..99
                                NUM_PAIRINGS_POST_PF 2 n int 01..99
                                POST_PF_SPDCF_SENSOR * NUM_PAIRINGS_POST_PF
                                    POST_PF_SPDCF_SENSOR 6 a
                                end
                            end
                        end
                        POST_PL_FLAG 1 n int 0..1
                        if POST_PL_FLAG = '1'
                            NUM_POST_PL 2 n int 01..99
                            POST_PL * NUM_POST_PL
                                POST_PL_SPDCF 2 n int 01..99
                                NUM_PAIRINGS_POST_PL 2 n int 01..99
                                POST_PL_SPDCF_SENSOR * NUM_PAIRINGS_POST_PL
                                    POST_PL_SPDCF_SENSOR 6 a
                                end
                            end
                        end
                        POST_SR_FLAG 1 n int 0..1
                        if POST_SR_FLAG = '1'
                            POST_SR_SPDCF 2 n int 01..99
                            POST_CORR 1 n int 0..1
                        end
                    end
                end
            end
            IO_CAL_AP 1 n int 0..1
            if IO_CAL_AP = '1'
                NUM_SETS_CAL_AP 2 n int 01..99
                FOCAL_LENGTH_CAL * NUM_SETS_CAL_AP
                    FOCAL_LENGTH_CAL 11 n real 00.00000000..99.99999999
                end
                NCAL_CPG 2 n int 01..11
                CAL_PG * NCAL_CPG
                    CORR_REF_DATE_IO 8 n int
                    CORR_REF_TIME_IO 16 n real
                    N1_CAL 2 n int 01..11
                    CAL_AP_ID * N1_CAL
                        CAL_AP_ID 2 n int 01..11
                    end
                    SETS_CAL_AP * NUM_SETS_CAL_AP
                        ERRCOV_C3 * (N1_CAL+1)*(N1_CAL)/2
                            ERRCOV_C3 21 n real
                        end
                    end
                    CAL_INTERP 1 n int 0..1
                    SPDCF_ID_TIME 2 n int 01..99
                    SPDCF_ID_FL 2 n int 01..99
                end
            end
            TS_CAL_AP 1 n int 0..1
            if TS_CAL_AP = '1'
                NUM_TS_GRP 1 n int 1..5
                if NUM_TS_GRP = '1'
                    CORR_REF_DATE_TS 8 n int
                    CORR_REF_TIME_TS 16 n real
                    TSRR 21 n real
                    TSRC 21 n real
                    TSCC 21 n real
                    TS_SPDCF 2 n int 01..99
                end
                if NUM_TS_GRP = '2'
                    CORR_REF_DATE_TSP 8 n int
                    CORR_REF_TIME_TSP 16 n real
                    TS_POS_COV 21 n real
                    TS_POS_SPDCF 2 n int 01..99
                    CORR_REF_DATE_TSA 8 n int
                    CORR_REF_TIME_TSA 16 n real
                    TS_ATT_COV 21 n real
                    TS_ATT_SPDCF 2 n int 01..99
                end
                if NUM_TS_GRP = '3'
                    CORR_REF_DATE_TS 8 n int
                    CORR_REF_TIME_TS 16 n real
                    TS_POS_COV 21 n real
                    TS_POS_ATT_COV 21 n real
                    TS_POS_FL_COV 21 n real
                    TS_ATT_COV 21 n real
                    TS_ATT_FL_COV 21 n real
                    TS_FL_COV 21 n real
                    TS_SPDCF 2 n int 01..99
                end
                if NUM_TS_GRP = '4'
                    CORR_REF_DATE_TSPA 8 n int
                    CORR_REF_TIME_TSPA 16 n real
                    TS_POS_COV 21 n real
                    TS_POS_ATT_COV 21 n real
                    TS_ATT_COV 21 n real
                    TS_ATT_FL_COV 21 n real
                    TS_PA_SPDCF 2 n int 01..99
                    CORR_REF_DATE_TSFL 8 n int
                    CORR_REF_TIME_TSFL 16 n real
                    TS_FL_COV 21 n real
                    TS_FL_SPDCF 2 n int 01..99
                end
                if NUM_TS_GRP = '5'
                    CORR_REF_DATE_TSP 8 n int
                    CORR_REF_TIME_TSP 16 n real
                    TS_POS_COV 21 n real
                    TS_POS_SPDCF 2 n int 01..99
                    CORR_REF_DATE_TSA 8 n int
                    CORR_REF_TIME_TSA 16 n real
                    TS_ATT_COV 21 n real
                    TS_ATT_SPDCF 2 n int 01..99
                    CORR_REF_DATE_TSFL 8 n int
                    CORR_REF_TIME_TSFL 16 n real
                    TS_FL_COV 21 n real
                    TS_FL_SPDCF 2 n int 01..99
                end
            end
            UE_FLAG 1 n int 0..1
            if UE_FLAG = '1'
                LINE_DIMENSION 3 n int 001..999
                SAMPLE_DIMENSION 2 n int 01..99
                LINE * LINE_DIMENSION
                    SAMPLE * SAMPLE_DIMENSION
                        URR 21 n real
                        URC 21 n real
                        UCC 21 n real
                    end
                end
                LINE_SPDCF 2 n int 01..99
                SAMPLE_SPDCF 2 n int 01..99
            end
            SPDC_FLAG 1 n int 0..1
            if SPDC_FLAG = '1'
                NUM_SPDCF 2 n int 01..99
                SPDCF * NUM_SPDCF
                    SPDCF_ID 2 n int 01..99
                    SPDCF_P 2 n int 01..99
                    CONSTITUENT * SPDCF_P
                        SPDCF_FAM 1 n int 0..2
                        SPDCF_WEIGHT 5 n real 0.000..1.000
                        if SPDCF_FAM = '0'
                            FP_A 8 n real 0.000001..1.000000
                            FP_ALPHA 8 n real 0.000000..1.000000
                            FP_BETA 9 n real 00.000000..10.000000
                            FP_T 21 n real
                        end
                        if SPDCF_FAM = '1'
                            NUM_SEGS 2 n int 02..10
                            SEGS * NUM_SEGS
                                PL_MAX_COR 8 n real 0.000001..1.000000
                                PL_TAU_MAX_COR 21 n real
                            end
                        end
                        if SPDCF_FAM = '2'
                            DC_A 8 n real 0.000001..1.000000
                            DC_T 21 n real
                            DC_P 21 n real
                        end
                    end
                end
            end
            DIRECT_COVARIANCE_FLAG 1 n int 0..1
            if DIRECT_COVARIANCE_FLAG = '1'
                DC_TYPE 1 a
                if DC_TYPE = '0'
                    NUM_PARA 4 n int 0001..9999
                    ADJ * NUM_PARA
                        ADJ 21 n real
                    end
                    ERRCOV_C4 * (NUM_PARA+1)*(NUM_PARA)/2
                        ERRCOV_C4 21 n real
                    end
                end
            end
            RESERVED_LEN 9 n int
            RESERVED RESERVED_LEN a if RESERVED_LEN != '000000000'
            """),
        ExtensionLayout(
            "CSEPHB", "Data of CSEPHB", "STDI-0002 Volume 2",
            """
            QUAL_FLAG_EPH 1 n int 0..1
            INTERP_TYPE_EPH 1 n int 0..2
            INTERP_ORDER_EPH 1 n int if INTERP_TYPE_EPH = '2'
            EPHEM_FLAG 1 n int 0..2
            ECI_ECF_EPHEM 1 n int 0..1
            if ECI_ECF_EPHEM = '0' and DESVER >= 2
                TA_POLE 19 n real 2000000..3000000
                A_POLE 11 n real -1..1
                B_POLE 11 n real -1..1
                CJ1_POLE 11 n real -1..1
                CJ2_POLE 11 n real -1..1
                DJ1_POLE 11 n real -1..1
                DJ2_POLE 11 n real -1..1
                PJ1_POLE 10 n real 0..500
                PJ2_POLE 10 n real 0..500
                E_POLE 11 n real -1..1
                F_POLE 11 n real -1..1
                GK1_POLE 11 n real -1..1
                GK2_POLE 11 n real -1..1
                HK1_POLE 11 n real -1..1
                HK2_POLE 11 n real -1..1
                PK1_POLE 10 n real 0..500
                PK2_POLE 10 n real 0..500
                TB_UT 19 n real 2000000..3000000
                I_UT 12 n real -1..1
                J_UT 12 n real -1..1
                KN1_UT 12 n real -1..1
                KN2_UT 12 n real -1..1
                KN3_UT 12 n real -1..1
                KN4_UT 12 n real -1..1
                LN1_UT 12 n real -1..1
                LN2_UT 12 n real -1..1
                LN3_UT 12 n real -1..1
                LN4_UT 12 n real -1..1
                PN1_UT 10 n real 0..500
                PN2_UT 10 n real 0..500
                PN3_UT 10 n real 0..500
                PN4_UT 10 n real 0..500
            end
            DT_EPH 13 n real 000.000000001..999.999999999
            DATE_EPH 8 n int
            T0_EPH 16 n real
            NUM_EPHEM 5 n int 00001..99999
            EPHEM * NUM_EPHEM
                X 12 n real -99999999.99..99999999.99
                Y 12 n real -99999999.99..99999999.99
                Z 12 n real -99999999.99..99999999.99
            end
            RESERVED_LEN 9 n int
            RESERVED RESERVED_LEN a if RESERVED_LEN != '000000000'
            """),
    ]
}
