// Data of data extensions that are fields (STDI-0002 Volume 2).

extension ExtensionTables {
    static let dataExtensionContentsCSSFABToCSSFAB: [ExtensionLayout] = [
        ExtensionLayout(
            "CSSFAB", "Data of CSSFAB", "STDI-0002 Volume 2",
            """
            SENSOR_TYPE 1 a
            BAND_TYPE 1 a
            BAND_WAVELENGTH 11 n real 00.00000000..99.99999999
            N_BANDS 5 n int
            BAND * N_BANDS
                BAND_INDEX 5 n int
                IREPBAND 2 a
                ISUBCAT 6 a
            end
            NUM_FL_PTS 3 n int
            FL_INTERP 1 n int 0..1
            FOC_LENGTH_DATE 8 n int
            FOC * NUM_FL_PTS
                FOC_LENGTH_TIME 15 n int
                FOC_LENGTH 11 n real 00.00000000..99.99999999
            end
            PPOFF_X 10 n real -99.999999..99.999999
            PPOFF_Y 10 n real -99.999999..99.999999
            PPOFF_Z 10 n real -99.999999..99.999999
            ANGOFF_X 10 n real -3.1415927..3.1415927
            ANGOFF_Y 10 n real -3.1415927..3.1415927
            ANGOFF_Z 10 n real -3.1415927..3.1415927
            if SENSOR_TYPE = 'S'
                SMPL_NUM_FIRST 12 n real -99999.99999..99999.99999
                DELTA_SMPL_PAIRS 11 n real 00000.00000..99999.99999
                NUM_FA_PAIRS 3 n int 0..999
                FA * NUM_FA_PAIRS
                    START_FALIGN_X 11 n real -99.9999999..99.9999999
                    START_FALIGN_Y 11 n real -99.9999999..99.9999999
                    END_FALIGN_X 11 n real -99.9999999..99.9999999
                    END_FALIGN_Y 11 n real -99.9999999..99.9999999
                end
            end
            if SENSOR_TYPE = 'F'
                NUM_SETS_FA_DATA 1 n int 1..9
                FIELD_ANGLE_TYPE 1 n int 0..1
                FA_INTERP 1 n int 0..1
                if FIELD_ANGLE_TYPE = '0'
                    FA * NUM_SETS_FA_DATA
                        FL_CAL 11 n real 00.00000000..99.99999999
                        NUM_FIR_LINE 12 n real -99999.99999..99999.99999
                        DELTA_LINE 11 n real 00000.00000..99999.99999
                        NUM_FA_BLOCKS_LINE 3 n int 1..999
                        NUM_FIR_SAMP 12 n real -99999.99999..99999.99999
                        DELTA_SAMP 11 n real 00000.00000..99999.99999
                        NUM_FA_BLOCKS_SAMP 3 n int 1..999
                        FA_BLOCKS_LINE * NUM_FA_BLOCKS_LINE
                            FA_BLOCKS_SAMP * NUM_FA_BLOCKS_SAMP
                                FA_X1 11 n real -99.9999999..99.9999999
                                FA_Y1 11 n real -99.9999999..99.9999999
                                FA_X2 11 n real -99.9999999..99.9999999
                                FA_Y2 11 n real -99.9999999..99.9999999
                                FA_X3 11 n real -99.9999999..99.9999999
                                FA_Y3 11 n real -99.9999999..99.9999999
                                FA_X4 11 n real -99.9999999..99.9999999
                                FA_Y4 11 n real -99.9999999..99.9999999
                            end
                        end
                    end
                end
                if FIELD_ANGLE_TYPE = '1'
                    NUM_FP_ARRAYS_LINE 3 n int 1..999
                    NUM_FP_ARRAYS_SAMP 3 n int 1..999
                    FP_BLOCKS_LINE * NUM_FP_ARRAYS_LINE
                        FP_BLOCKS_SAMP * NUM_FP_ARRAYS_SAMP
                            LS_FID_TRANS_T0 21 a
                            LS_FID_TRANS_T1 21 a
                            LS_FID_TRANS_T2 21 a
                            LS_FID_TRANS_T3 21 a
                            LS_FID_TRANS_T4 21 a
                            LS_FID_TRANS_T5 21 a
                            LS_FID_TRANS_T6 21 a
                            LS_FID_TRANS_T7 21 a
                        end
                    end
                    FA * NUM_SETS_FA_DATA
                        FL_CAL_IOP 11 n real 00.00000000..99.99999999
                        PPO_X0 21 a
                        PPO_Y0 21 a
                        RLD_K0 21 a
                        RLD_K1 21 a
                        RLD_K2 21 a
                        RLD_K3 21 a
                        DCD_P1 21 a
                        DCD_P2 21 a
                        DCD_P3 21 a
                        AD_A1 21 a
                        AD_A2 21 a
                        RADIUS_OF_VALIDITY 21 a
                    end
                end
                TELESCOPE_OPTICS_FLAG 1 n int 0..2
                if TELESCOPE_OPTICS_FLAG = '1'
                    NUM_TELE_SETS_FA_DATA 1 n int 0..1
                    N_FRAMES 4 u
                    FRAMES * N_FRAMES
                        TELE_TRANS_T0 21 a
                        TELE_TRANS_T1 21 a
                        TELE_TRANS_T2 21 a
                        TELE_TRANS_T3 21 a
                        TELE_TRANS_T4 21 a
                        TELE_TRANS_T5 21 a
                        TELE_TRANS_T6 21 a
                        TELE_TRANS_T7 21 a
                    end
                    FA * NUM_TELE_SETS_FA_DATA
                        FL_CAL_IOP_TELE 11 n real 00.00000000..99.99999999
                        PPO_X0_TELE 21 a
                        PPO_Y0_TELE 21 a
                        RLD_K0_TELE 21 a
                        RLD_K1_TELE 21 a
                        RLD_K2_TELE 21 a
                        RLD_K3_TELE 21 a
                        DCD_P1_TELE 21 a
                        DCD_P2_TELE 21 a
                        DCD_P3_TELE 21 a
                        AD_A1_TELE 21 a
                        AD_A2_TELE 21 a
                        RADIUS_OF_VALIDITY_TELE 21 a
                    end
                end
                if TELESCOPE_OPTICS_FLAG = '2'
                    NUM_TELE_SETS_FA_DATA 1 n int 0..1
                    N_FRAME_TIMES 4 u
                    N_VARYING_IO 2 n int 0..11
                    TIME_VARYING_IO_PARM_ID * N_VARYING_IO
                        TIME_VARYING_IO_PARM_ID 2 n int 0..11
                    end
                    TELE_DATE 8 n int
                    FRAME * N_FRAME_TIMES
                        TELE_TIME 15 n real 00000.000000000..99999.999999999
                        TELE_TRANS_T0 21 a
                        TELE_TRANS_T1 21 a
                        TELE_TRANS_T2 21 a
                        TELE_TRANS_T3 21 a
                        TELE_TRANS_T4 21 a
                        TELE_TRANS_T5 21 a
                        TELE_TRANS_T6 21 a
                        TELE_TRANS_T7 21 a
                        TIME_VARYING_IO_M * N_VARYING_IO
                            TIME_VARYING_IO_M 21 a
                        end
                    end
                    FA * NUM_TELE_SETS_FA_DATA
                        FL_CAL_IOP_TELE 11 n real 00.00000000..99.99999999
                        PPO_X0_TELE 21 a
                        PPO_Y0_TELE 21 a
                        RLD_K0_TELE 21 a
                        RLD_K1_TELE 21 a
                        RLD_K2_TELE 21 a
                        RLD_K3_TELE 21 a
                        DCD_P1_TELE 21 a
                        DCD_P2_TELE 21 a
                        DCD_P3_TELE 21 a
                        AD_A1_TELE 21 a
                        AD_A2_TELE 21 a
                        RADIUS_OF_VALIDITY_TELE 21 a
                    end
                end
            end
            RESERVED_LEN 9 n int
            RESERVED RESERVED_LEN a if RESERVED_LEN != '000000000'
            """)
    ]
}
