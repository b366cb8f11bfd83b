// Airborne support data (STDI-0002 Volume 1, Appendix E).

extension ExtensionTables {
    static let airborneACFTAToMTIRPA: [ExtensionLayout] = [
        ExtensionLayout(
            "ACFTA", "Aircraft Information", "STDI-0002",
            """
            if size = 132
                AC_MSN_ID 10 a ; Aircraft Mission ID
                SCTYPE 1 a ; Scene Type
                SCNUM 4 a ; Scene No.
                SENSOR_ID 3 a ; Sensor ID
                PATCH_TOT 4 a ; Total No. of Patches
                MTI_TOT 3 a ; Total No. of MTI Packets
                PDATE 7 a ; Processing Date
                IMHOSTNO 3 a ; Immediate Scene Host
                IMREQID 5 a ; Immediate Scene Req ID
                SCENE_SOURCE 1 a ; Scene Source
                MPLAN 2 a ; Mission Plan Mode
                ENTLOC 21 a ; Entry Location
                ENTALT 6 a ; Entry Altitude
                EXITLOC 21 a ; Exit Location
                EXITALT 6 a ; Exit Altitude
                TMAP 7 a ; True Map Angle
                RCS 3 a ; RCS Calibration Coef.
                ROW_SPACING 7 a ; Row Spacing
                COL_SPACING 7 a ; Col Spacing
                SENSERIAL 4 a ; Sensor Serial No.
                ABSWVER 7 a ; Airborne SW Version
            end
            if size = 154
                AC_MSN_ID 10 a ; Aircraft Mission ID
                AC_TAIL_NO 10 a ; Aircraft Tail Number
                SENSOR_ID 10 a ; Sensor ID
                SCENE_SOURCE 1 a ; Scene Source
                SCNUM 6 a ; Scene No.
                PDATE 8 a ; Processing Date
                IMHOSTNO 6 a ; Immediate Scene Host
                IMREQID 5 a ; Immediate Scene Req ID
                MPLAN 3 a ; Mission Plan Mode
                ENTLOC 21 a ; Entry Location
                ENTALT 6 a ; Entry Altitude
                EXITLOC 21 a ; Exit Location
                EXITALT 6 a ; Exit Altitude
                TMAP 7 a ; True Map Angle
                ROW_SPACING 7 a ; Row Spacing
                COL_SPACING 7 a ; Col Spacing
                SENSERIAL 6 a ; Sensor Serial No.
                ABSWVER 7 a ; Airborne SW Version
                PATCH_TOT 4 a ; Total No. of Patches
                MTI_TOT 3 a ; Total No. of MTI Packets
            end
            """),
        ExtensionLayout(
            "ACFTB", "Aircraft Information", "STDI-0002 Volume 1, Appendix E - ASDE",
            """
            AC_MSN_ID 20 a ; Aircraft Mission ID
            AC_TAIL_NO 10 a ; Aircraft Tail Number
            AC_TO 12 a ; Acrft Takeoff Date/Time
            SENSOR_ID_TYPE 4 a ; Sensor ID Type
            SENSOR_ID 6 a ; Sensor ID
            SCENE_SOURCE 1 n int ; Scene Source
            SCNUM 6 n int ; Scene No.
            PDATE 8 a ; Processing Date
            IMHOSTNO 6 n int ; Immediate Scene Host
            IMREQID 5 n int ; Immediate Scene Req ID
            MPLAN 3 n int ; Mission Plan Mode
            ENTLOC 25 a ; Entry Location
            LOC_ACCY 6 n ; Location Accuracy
            ENTELV 6 n int ; Entry Elevation
            ELV_UNIT 1 a ; Elevation Units
            EXITLOC 25 a ; Exit Location
            EXITELV 6 n int ; Exit Elevation
            TMAP 7 n real ; True Map Angle
            ROW_SPACING 7 n real ; Row Spacing
            ROW_SPACING_UNITS 1 a ; Row Spacing Units
            COL_SPACING 7 n real ; Col Spacing
            COL_SPACING_UNITS 1 a ; Col Spacing Units
            FOCAL_LENGTH 6 n real ; Sensor Focal Length
            SENSERIAL 6 n int ; Sensor Serial No.
            ABSWVER 7 a ; Airborne Software Version
            CAL_DATE 8 a ; Calibration Date
            PATCH_TOT 4 n int ; Total Number of Patches
            MTI_TOT 3 n int ; Total Number of MTIRP Extensions
            """),
        ExtensionLayout(
            "AIMIDA", "Additional Image Identification", "STDI-0002",
            """
            if size = 69
                MISSION_DATE 7 a ; Aircraft T.O. Date
                MISSION_NO 4 a ; Mission ID
                FLIGHT_NO 2 a ; Flight Number
                OP_NUM 3 a ; Image Operation Number
                START_SEGMENT 2 a ; Start Segment ID
                REPRO_NUM 2 a ; Reprocess Number
                REPLAY 3 a ; Replay
                RESVD001 1 a ; Reserved 1
                START_COLUMN 2 a ; Starting Tile Column
                START_ROW 5 a ; Starting Tile Row
                END_SEGMENT 2 a ; Ending Segment
                END_COLUMN 2 a ; Ending Tile Column
                END_ROW 5 a ; Ending Tile Row
                COUNTRY 2 a ; Country Code
                RESVD002 4 a ; Reserved 2
                LOCATION 11 a ; Location lat/long
                TIME 5 a ; Time of First Line
                CREATION_DATE 7 a ; Date of First Line
            end
            if size = 73
                MISSION_DATE 8 a ; Aircraft T.O. Date
                MISSION_NO 4 a ; Mission ID
                FLIGHT_NO 2 a ; Flight No.
                OP_NUM 3 a ; Image Operation No.
                RESVD001 2 a ; Reserved 1
                REPRO_NUM 2 a ; Reprocess No.
                REPLAY 3 a ; Retransmission No.
                RESVD002 1 a ; Reserved 2
                START_COLUMN 3 a ; Starting Tile Column
                START_ROW 5 a ; Starting Tile Row
                RESVD003 2 a ; Reserved 3
                END_COLUMN 3 a ; Ending Tile Column
                END_ROW 5 a ; Ending Tile Row
                COUNTRY 2 a ; Country Code
                RESVD004 4 a ; Reserved 4
                LOCATION 11 a ; Location lat/long
                TIME 5 a ; Time of First Line
                CREATION_DATE 8 a ; Date of First Line
            end
            if size = 89
                MISSION_DATE_TIME 14 a ; Acquisition Date/Time
                MISSION_NO 4 a ; Mission Number
                MISSION_ID 10 a ; Mission ID (ATO)
                FLIGHT_NO 2 a ; Flight No.
                OP_NUM 3 n ; Image Operation No.
                CURRENT_SEGMENT 2 a ; Current Segment ID
                REPRO_NUM 2 n ; Reprocess No.
                REPLAY 3 a ; Retransmission No.
                RESVD001 1 a ; reserved 1
                START_COLUMN 3 n ; Starting Tile Column
                START_ROW 5 n ; Starting Tile Row
                END_SEGMENT 2 a ; Ending Segment
                END_COLUMN 3 n ; Ending Tile Column
                END_ROW 5 n ; Ending Tile Row
                COUNTRY 2 a ; Country Code
                RESVD002 4 a ; reserved 2
                LOCATION 11 a ; Location lat/long
                RESVD003 13 a ; reserved 3
            end
            """),
        ExtensionLayout(
            "AIMIDB", "Additional Image ID", "STDI-0002 Volume 1, Appendix E - ASDE",
            """
            ACQUISITION_DATE 14 a ; Acquisition Date/Time
            MISSION_NO 4 a ; Mission Number
            MISSION_IDENTIFICATION 10 a ; Mission ID (ATO)
            FLIGHT_NO 2 a 01..09 ; Flight No.
            OP_NUM 3 n int 0..999 ; Image Operation No.
            CURRENT_SEGMENT 2 a ; Current Segment ID
            REPRO_NUM 2 n int 0..99 ; Reprocess No.
            REPLAY 3 a ; Retransmission No.
            RESERVED_001 1 a ; reserved 1
            START_TILE_COLUMN 3 n int 1..99 ; Start Tile Column
            START_TILE_ROW 5 n int 1..99999 ; Start Tile Row
            END_SEGMENT 2 a ; End Segment
            END_TILE_COLUMN 3 n int 1..99 ; End Tile Column
            END_TILE_ROW 5 n int 1..99999 ; End Tile Row
            COUNTRY 2 a ; Country Code
            RESERVED_002 4 a ; reserved 2
            LOCATION 11 a ; Location lat/long
            RESERVED_003 13 a ; reserved 3
            """),
        ExtensionLayout(
            "BANDSA", "Multispectral/Hyperspectral Band Parameters (Legacy)",
            "STDI-0002 Volume 1, Appendix E - ASDE (Version 3.0, 2007)",
            """
            ROW_SPACING 7 n 0000.01..9999.99
            ROW_SPACING_UNITS 1 a
            COL_SPACING 7 n 0000.01..9999.99
            COL_SPACING_UNITS 1 a
            FOCAL_LENGTH 6 n 0001.0..9999.9
            BANDCOUNT 4 n 0001..9999
            BANDS * BANDCOUNT
                BANDPEAK 5 a
                BANDLBOUND 5 a
                BANDUBOUND 5 a
                BANDWIDTH 5 a
                BANDCALDRK 6 a
                BANDCALINC 5 a
                BANDRESP 5 a
                BANDASD 5 a
                BANDGSD 5 a
            end
            """),
        ExtensionLayout(
            "BLOCKA", "Image Block Information", "STDI-0002 Volume 1, Appendix E - ASDE",
            """
            BLOCK_INSTANCE 2 n int 1..99 ; Block Number
            N_GRAY 5 n int 0..99999 ; No. of Gray Pixels
            L_LINES 5 n int 1..99999 ; Lines
            LAYOVER_ANGLE 3 n int 0..359 [degrees] ; Layover Angle
            SHADOW_ANGLE 3 n int 0..359 [degrees] ; Shadow Angle
            RESERVED_001 16 a ; reserved 1
            FRLC_LOC 21 a ; FRLC Location
            LRLC_LOC 21 a ; LRLC Location
            LRFC_LOC 21 a ; LRFC Location
            FRFC_LOC 21 a ; FRFC Location
            RESERVED_002 5 a ; reserved 2
            """),
        ExtensionLayout(
            "EXOPTA", "Exploitation Usability Optical Information", "STDI-0002 Volume 1, Appendix E - ASDE",
            """
            ANGLE_TO_NORTH 3 n ; ANGLE TO NORTH
            MEAN_GSD 5 n ; MEAN GSD
            RESERVED_001 1 a ; Reserved 1
            DYNAMIC_RANGE 5 n ; DYNAMIC RANGE
            RESERVED_002 7 a ; Reserved 2
            OBL_ANG 5 n ; OBL ANG
            ROLL_ANG 6 n ; ROLL ANG
            PRIME_ID 12 a ; PRIME ID
            PRIME_BE 15 a ; PRIME BE
            RESERVED_003 5 a ; Reserved 3
            N_SEC 3 n int 0..250 ; N SEC
            RESERVED_004 2 a ; Reserved 4
            RESERVED_005 7 a ; Reserved 5
            N_SEG 3 n int 1..999 ; N SEG
            MAX_LP_SEG 6 n ; MAX LP SEG
            RESERVED_006 12 a ; Reserved 6
            SUN_EL 5 n real ; SUN EL
            SUN_AZ 5 n real ; SUN AZ
            """),
        ExtensionLayout(
            "EXPLTA", "Exploitation Related Information", "STDI-0002",
            """
            if size = 87
                ANGLE_TO_NORTH 3 a ; Angle to True North
                SQUINT_ANGLE 3 a ; Squint Angle
                MODE 3 a ; Imaging Mode
                RESVD001 16 a ; reserved 1
                GRAZE_ANG 2 a ; FP Grazing Angle
                SLOPE_ANG 2 a ; FP Slope Angle
                POLAR 2 a ; Polarization
                NSAMP 5 a ; Pixels per Line
                RESVD002 1 a ; reserved 2
                SEQ_NUM 1 a ; Sequence Number
                PRIME_ID 12 a ; Primary Target ID
                PRIME_BE 15 a ; Primary Target BE Number
                RESVD003 1 a ; reserved 3
                N_SEC 2 a ; Number of Secondary Targets
                IPR 2 a ; Commanded IPR
                RESVD004 2 a ; reserved 4
                RESVD005 2 a ; reserved 5
                RESVD006 5 a ; reserved 6
                RESVD007 8 a ; reserved 7
            end
            """),
        ExtensionLayout(
            "EXPLTB", "Exploitation Related Information", "STDI-0002 Volume 1, Appendix E - ASDE",
            """
            ANGLE_TO_NORTH 7 n real 0.0..359.999 ; Angle to True North
            ANGLE_TO_NORTH_ACCY 6 n real 0.0..44.999 ; Angle North Accuracy
            SQUINT_ANGLE 7 n real -60.0..85.0 ; Squint Angle
            SQUINT_ANGLE_ACCY 6 n real 0.0..44.999 ; Squint Angle Accuracy
            MODE 3 a ; Imaging Mode
            RESERVED_001 16 a ; reserved 1
            GRAZE_ANG 5 n real 0.0..90.00 [degrees] ; FP Grazing Angle
            GRAZE_ANG_ACCY 5 n real 0.0..90.00 [degrees] ; FP Grazing Angle Accur
            SLOPE_ANG 5 n real 0.0..90.00 [degrees] ; FP Slope Angle
            POLAR 2 a ; Polarization
            NSAMP 5 n int 1..99999 ; Pixels per Line
            RESERVED_002 1 a ; reserved 2
            SEQ_NUM 1 n ; Sequence Number
            PRIME_ID 12 a ; Primary Target ID
            PRIME_BE 15 a ; Primary Target BE Number
            RESERVED_003 1 a ; reserved 3
            N_SEC 2 n int 0..99 ; Number of Secondary Targets
            IPR 2 n int 0..99 [feet] ; Commanded IPR
            """),
        ExtensionLayout(
            "MENSRA", "Radar Mensuration Data", "STDI-0002",
            """
            if size = 155
                CCRP_LOC 21 a ; CCRP Location
                CCRP_ALT 6 a ; CCRP Altitude
                OF_PC_R 7 a ; Range Offset Between CCRP and Patch Center
                OF_PC_A 7 a ; Azimuth Offset Between CCRP and Patch Center
                COSGRZ 7 a ; Cosine of Grazing Angle
                RGCCRP 7 a ; Range to CCRP
                RLMAP 1 a ; Right/Left Map
                CCRP_ROW 5 a ; CCRP Row Number
                CCRP_COL 5 a ; CCRP Col Number
                ACFT_LOC 21 a ; Aircraft Location
                ACFT_ALT 5 a ; Aircraft Altitude
                C_R_NC 7 a ; Range Unit Vector North
                C_R_EC 7 a ; Range Unit Vector East
                C_R_DC 7 a ; Range Unit Vector Down
                C_AZ_NC 7 a ; Azimuth Unit Vect North
                C_AZ_EC 7 a ; Azimuth Unit Vect East
                C_AZ_DC 7 a ; Azimuth Unit Vect Down
                C_AL_NC 7 a ; Altitude North
                C_AL_EC 7 a ; Altitude East
                C_AL_DC 7 a ; Altitude Down
            end
            if size = 174
                ACFT_LOC 21 a ; Aircraft Location
                ACFT_ALT 6 a ; Aircraft Altitude
                CCRP_LOC 21 a ; CCRP Location
                CCRP_ALT 6 a ; CCRP Altitude
                OF_PC_R 7 a ; Range Offset Between CCRP and Patch Center
                OF_PC_A 7 a ; Azimuth Offset Between CCRP and Patch Center
                COSGRZ 7 a ; Cos of Grazing Angle
                RGCCRP 7 a ; Range to CCRP
                RLMAP 1 a ; Right/Left Map
                CCRP_ROW 5 a ; CCRP Row Number
                CCRP_COL 5 a ; CCRP Col Number
                C_R_NC 9 a ; Range Unit Vector North
                C_R_EC 9 a ; Range Unit Vector East
                C_R_DC 9 a ; Range Unit Vector Down
                C_AZ_NC 9 a ; Azimuth Unit Vect North
                C_AZ_EC 9 a ; Azimuth Unit Vect East
                C_AZ_DC 9 a ; Azimuth Unit Vect Down
                C_AL_NC 9 a ; Altitude North
                C_AL_EC 9 a ; Altitude East
                C_AL_DC 9 a ; Altitude Down
            end
            """),
        ExtensionLayout(
            "MENSRB", "Mensuration Support Data", "STDI-0002 Volume 1, Appendix E, Section E.3.7.2, Table E-14",
            """
            ACFT_LOC 25 a ; Aircraft Location
            ACFT_LOC_ACCY 6 n real ; Aircraft Location Accuracy
            ACFT_ALT 6 n int ; Aircraft Altitude
            RP_LOC 25 a ; Reference Point Location
            RP_LOC_ACCY 6 n real ; Reference Point Location Accuracy
            RP_ELV 6 n int -1000..30000 ; Reference Point Elevation
            OF_PC_R 7 n real ; Range Offset
            OF_PC_A 7 n real ; Azimuth Offset
            COSGRZ 7 n real 0.0..1.0 ; Cosine of Grazing Angle
            RGCRP 7 n int 0..3000000 ; Estimated Slant Range
            RLMAP 1 a ; Right/Left Map
            RP_ROW 5 n int 1..99999 ; RP Row Number
            RP_COL 5 n int 1..99999 ; RP Column Number
            C_R_NC 10 n real -1.0..1.0 ; Range Unit Vector North
            C_R_EC 10 n real -1.0..1.0 ; Range Unit Vector East
            C_R_DC 10 n real -1.0..1.0 ; Range Unit Vector Down
            C_AZ_NC 9 n real -1.0..1.0 ; Azimuth Unit Vect North
            C_AZ_EC 9 n real -1.0..1.0 ; Azimuth Unit Vect East
            C_AZ_DC 9 n real -1.0..1.0 ; Azimuth Unit Vect Down
            C_AL_NC 9 n real -1.0..1.0 ; Altitude North
            C_AL_EC 9 n real -1.0..1.0 ; Altitude East
            C_AL_DC 9 n real -1.0..1.0 ; Altitude Down
            TOTAL_TILES_COLS 3 n int 1..999 ; Total Number of Tiles in Column Direction
            TOTAL_TILES_ROWS 5 n int 1..99999 ; Total Number of Tiles in Row Direction
            """),
        ExtensionLayout(
            "MSTGTA", "Multiple Scene Target", "STDI-0002 Volume 1, Appendix E, Section E.3.9, Table E-16",
            """
            TGT_NUM 5 n int 00000..99999 ; TGT NUM
            TGT_ID 12 a ; TGT ID
            TGT_BE 15 a ; TGT BE
            TGT_PRI 3 n int 001..999 ; TGT PRI
            TGT_REQ 12 a ; TGT REQ
            TGT_LTIOV 12 a ; TGT LTIOV
            TGT_TYPE 1 n int ; TGT TYPE
            TGT_COLL 1 n int ; TGT COLL
            TGT_CAT 5 n int 10000..99999 ; TGT CAT
            TGT_UTC 7 a ; TGT UTC
            TGT_ELEV 6 n int -1000..30000 ; TGT ELEV
            TGT_ELEV_UNIT 1 a ; TGT ELEV UNIT
            TGT_LOC 21 a ; TGT LOC
            """),
        ExtensionLayout(
            "MTIRPA", "Moving Target Report", "STDI-0002",
            """
            destp 2 a ; Destination Point
            mtpid 3 a ; MTI Packet ID No.
            pchno 4 a ; Patch Number
            wamfn 5 a ; WAMTI Frame Number
            wambn 1 a ; WAMTI Bar Number
            utc 8 a ; UTC
            sqnta 5 a ; Squint Angle
            cosgz 7 a ; Cos of Grazing Angle
            nvtgt 3 n ; Number of Valid Targets
            targets * nvtgt
                tgloc 21 a ; Target Location
                tgrdv 4 a ; Target Radial Velocity
                tggsp 3 a ; Target Estim Gnd Speed
                tghea 3 a ; Target Heading
                tgsig 2 a ; Target Signal Amplitude
                tgcat 1 a ; Target Category
            end
            """),
    ]
}
