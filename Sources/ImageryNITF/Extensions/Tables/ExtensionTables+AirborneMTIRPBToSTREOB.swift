// Airborne support data (STDI-0002 Volume 1, Appendix E).

extension ExtensionTables {
    static let airborneMTIRPBToSTREOB: [ExtensionLayout] = [
        ExtensionLayout(
            "MTIRPB", "Moving Target Indicator Report", "STDI-0002 Volume 1, Appendix E, Section E.3.10.2, Table E-19",
            """
            MTI_DP 2 a
            MTI_PACKET_ID 3 n int 1..999
            PATCH_NO 4 n int 1..999
            WAMTI_FRAME_NO 5 a
            WAMTI_BAR_NO 1 a
            DATIME 14 a
            ACFT_LOC 21 a
            ACFT_ALT 6 n int 0..999999
            ACFT_ALT_UNIT 1 a
            ACFT_HEADING 3 n int 0..359
            MTI_LR 1 a
            SQUINT_ANGLE 6 n real -60.0..85.00
            COSGRZ 7 n real 0..9.99999
            NO_VALID_TARGETS 3 n int 1..999
            TARGETS * NO_VALID_TARGETS
                TGT_LOC 23 a
                TGT_LOC_ACCY 6 n real 0..999.99
                TGT_VEL_R 4 a -200..200
                TGT_SPEED 3 a 0..200
                TGT_HEADING 3 a 0..359
                TGT_AMPLITUDE 2 a 0..15
                TGT_CAT 1 a
            end
            """),
        ExtensionLayout(
            "PATCHA", "Patch Information", "STDI-0002",
            """
            if size = 74
                PAT_NO 4 a ; Patch Number
                LAST_PAT_FLAG 1 a ; Last Patch of Search Scene
                LNSTRT 7 a ; Patch Start Line
                LNSTOP 7 a ; Patch End Line
                AZL 5 a ; Number of Azimuth Lines
                NVL 5 a ; Number of Valid Azimuth Lines
                FVL 3 a ; First Valid Line
                NPIXEL 5 a ; Number of Pixels per Line
                FVPIX 5 a ; First Valid Pixel Index
                FRAME 3 a ; Spot Frame Number
                GMT 8 a
                SHEAD 7 a ; Scene Heading
                GSWEEP 6 a ; Ground Sweep Angle
                SHEAR 8 a ; Patch Shear Factor
            end
            if size = 115
                PAT_NO 4 a ; Patch Number
                LAST_PAT_FLAG 1 a ; Last Patch of Search Scene
                LNSTRT 7 a ; Patch Start Line
                LNSTOP 7 a ; Patch End Line
                AZL 5 a ; Number of Azimuth Lines
                NVL 5 a ; Number of Valid Azimuth Lines
                FVL 3 a ; First Valid Line
                NPIXEL 5 a ; Number of Pixels per Line
                FVPIX 5 a ; First Valid Pixel Index
                FRAME 3 a ; Spot Frame Number
                UTC 8 a
                SHEAD 7 a ; Scene Heading
                GRAVITY 7 a ; Local Gravity
                INS_V_NC 5 a ; Ins Platform Velocity, North
                INS_V_EC 5 a ; Ins Platform Velocity, East
                INS_V_DC 5 a ; Ins Platform Velocity, Down
                OFFLAT 8 a ; Geodetic Latitude Offset
                OFFLONG 8 a ; Geodetic Longitude Offset
                TRACK 3 a ; Track Heading
                GSWEEP 6 a ; Ground Sweep Angle
                SHEAR 8 a ; Patch Shear Factor
            end
            """),
        ExtensionLayout(
            "PATCHB", "SAR Patch Data", "STDI-0002 Volume 1, Appendix E, Section E.3.11.2, Table E-21",
            """
            PAT_NO 4 n int 1..999 ; Patch Number
            LAST_PAT_FLAG 1 n int 0..1 ; Last Patch of Search Scene
            LNSTRT 7 n int 1..9999999 ; Patch Start Line
            LNSTOP 7 n int 20..9999999 ; Patch End Line
            AZL 5 n int 20..99999 [lines] ; Number of Azimuth Lines
            NVL 5 a [lines] ; Number of Valid Azimuth Lines
            FVL 3 a 1..681 ; First Valid Line
            NPIXEL 5 n int 1..99999 [pixels] ; Number of Pixels per Line
            FVPIX 5 n int 1..99999 [pixels] ; First Valid Pixel Index
            FRAME 3 a 1..512 ; Spot Frame Number
            UTC 8 n real 0.0..86399.99 [seconds] ; Coordinated Universal Time
            SHEAD 7 n real 0.0..359.999 [degrees] ; Scene Heading
            GRAVITY 7 a [feet/sec^2] ; Local Gravity
            INS_V_NC 5 n int -9999..9999 [feet/sec] ; Ins Platform Velocity, North
            INS_V_EC 5 n int -9999..9999 [feet/sec] ; Ins Platform Velocity, East
            INS_V_DC 5 n int -9999..9999 [feet/sec] ; Ins Platform Velocity, Down
            OFFLAT 8 a [seconds] ; Geodetic Latitude Offset
            OFFLONG 8 a [seconds] ; Geodetic Longitude Offset
            TRACK 3 n int 0..359 [degrees] ; Track Heading
            GSWEEP 6 n real 0.0..120.0 [degrees] ; Ground Sweep Angle
            SHEAR 8 a ; Patch Shear Factor
            BATCH_NO 6 a ; Batch Number
            """),
        ExtensionLayout(
            "RPC00B", "Rapid Positioning Capability (Type B)", "STDI-0002 Volume 1, Appendix E - ASDE, Table E-22",
            """
            SUCCESS 1 a ; Success
            ERR_BIAS 7 n real 0000.00..9999.99 [meters] ; Error - Bias
            ERR_RAND 7 n real 0000.00..9999.99 [meters] ; Error - Random
            LINE_OFF 6 d int 000000..999999 [pixels] ; Line Offset
            SAMP_OFF 5 d int 00000..99999 [pixels] ; Sample Offset
            LAT_OFF 8 n real -90.0..90.0 [degrees] ; Geodetic Latitude Offset
            LONG_OFF 9 n real -180.0..180.0 [degrees] ; Geodetic Longitude Offset
            HEIGHT_OFF 5 n int -9999..9999 [meters] ; Geodetic Height Offset
            LINE_SCALE 6 d int 000001..999999 [pixels] ; Line Scale
            SAMP_SCALE 5 d int 00001..99999 [pixels] ; Sample Scale
            LAT_SCALE 8 n real 0.0000..90.0000 [degrees] ; Geodetic Latitude Scale
            LONG_SCALE 9 n real 0.0000..180.0000 [degrees] ; Geodetic Longitude Scale
            HEIGHT_SCALE 5 d int 00001..99999 [meters] ; Geodetic Height Scale
            LINE_NUM_COEFF * 20
                LINE_NUM_COEFF 12 a real ; Line Numerator Coefficient
            end
            LINE_DEN_COEFF * 20
                LINE_DEN_COEFF 12 a real ; Line Denominator Coefficient
            end
            SAMP_NUM_COEFF * 20
                SAMP_NUM_COEFF 12 a real ; Sample Numerator Coefficient
            end
            SAMP_DEN_COEFF * 20
                SAMP_DEN_COEFF 12 a real ; Sample Denominator Coefficient
            end
            """),
        ExtensionLayout(
            "STREOB", "Stereo Data", "STDI-0002 Volume 1, Appendix E, Section E.3.15, Table E-25",
            """
            ST_ID 60 a ; Standard ID
            N_MATES 1 n int ; Nunber of Stereo Mates
            MATE_INSTANCE 1 n int ; Mate Instance
            B_CONV 5 n real ; Begining Convergence Angle
            E_CONV 5 n real ; Ending Convergence Angle
            B_ASYM 5 n real ; Begining Asymmetric Angle
            E_ASYM 5 n real ; Ending Asymmetric Angle
            B_BIE 6 n real ; Begining Bisector Intercept Elevation
            E_BIE 6 n real ; Ending Bisector Intercept Elevation
            """),
    ]
}
