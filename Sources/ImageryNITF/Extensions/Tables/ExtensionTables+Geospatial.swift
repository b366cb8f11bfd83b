// Geospatial support data (STDI-0002 Volume 1, Appendix P).

extension ExtensionTables {
    static let geospatial: [ExtensionLayout] = [
        ExtensionLayout(
            "ACCHZB", "Horizontal Accuracy Data", "STDI-0002 Volume 1, Appendix P, Section P.3.2.6.2, Table P-11",
            """
            NUM_ACHZ 2 n int 01..99 ; Number of horizontal accuracy regions
            ACHZ_DATA * NUM_ACHZ
                UNIAAH 3 a ; Unit of Measure for AAH
                AAH 5 n int if UNIAAH != '' ; Absolute Horizontal Accuracy
                UNIAPH 3 a ; Unit of Measure for APH
                APH 5 n int if UNIAPH != '' ; Point-to-Point Horizontal Accuracy
                NUM_PTS 3 n int 000..999 ; Number of Points in Bounding Polygon
                POINTS * NUM_PTS
                    LON 15 a real ; Longitude/Easting
                    LAT 15 a real ; Latitude/Northing
                end
            end
            """),
        ExtensionLayout(
            "ACCPOB", "Positional Accuracy Data", "STDI-0002 Volume 1, Appendix P, Section P.3.2.6.1, Table P-10",
            """
            NUM_ACPO 2 n int 1..99 ; Number of positional accuracy regions
            ACCPO * NUM_ACPO
                UNIAAH 3 a
                AAH 5 n int if UNIAAH != ''
                UNIAAV 3 a
                AAV 5 n int if UNIAAV != ''
                UNIAPH 3 a
                APH 5 n int if UNIAPH != ''
                UNIAPV 3 a
                APV 5 n int if UNIAPV != ''
                NUM_PTS 3 n int
                POINT * NUM_PTS
                    LON 15 a real
                    LAT 15 a real
                end
            end
            """),
        ExtensionLayout(
            "ACCVTB", "Vertical Accuracy Data", "STDI-0002 Volume 1, Appendix P, Section P.3.2.6.3, Table P-12",
            """
            NUM_ACVT 2 n int 01..99 ; Number of vertical accuracy regions
            ACVT_DATA * NUM_ACVT
                UNIAAV 3 a ; Unit of Measure for AAV
                AAV 5 n int if UNIAAV != '' ; Absolute Vertical Accuracy
                UNIAPV 3 a ; Unit of Measure for APV
                APV 5 n int if UNIAPV != '' ; Point-to-Point Vertical Accuracy
                NUM_PTS 3 n int 000..999 ; Number of Points in Bounding Polygon
                POINTS * NUM_PTS
                    LON 15 a real ; Longitude/Easting
                    LAT 15 a real ; Latitude/Northing
                end
            end
            """),
        ExtensionLayout(
            "BNDPLB", "Boundary Polygon", "STDI-0002 Volume 1, Appendix P, Section P.3.2.5.7.1, Table P-9",
            """
            NUM_PTS 4 n int 0004..3332 ; Number of Points in Bounding Polygon
            POINTS * NUM_PTS
                LON 15 n real ; Longitude/Easting
                LAT 15 n real ; Latitude/Northing
            end
            """),
        ExtensionLayout(
            "GEOLOB", "Geographic Location", "STDI-0002 Volume 1, Appendix P - GEOSDE",
            """
            ARV 9 n real ; Longitude density
            BRV 9 n real ; Latitude density
            LSO 15 n real ; Longitude of Reference Origin
            PSO 15 n real ; Latitude of Reference Origin
            """),
        ExtensionLayout(
            "GEOPSB", "Geographic/Projected Coordinate System Parameters", "STDI-0002 Volume 1, Appendix P - GEOSDE",
            """
            TYP 3 a ; Coordinate System Type
            UNI 3 a ; Coordinate Units
            DAG 80 ; Geodetic Datum Name
            DCD 4 a ; Geodetic Datum Code
            ELL 80 ; Ellipsoid Name
            ELC 3 a ; Ellipsoid Code
            DVR 80 ; Vertical Datum Reference
            VDCDVR 4 a ; Code of Vertical Reference
            SDA 80 ; Sounding Datum Name
            VDCSDA 4 a ; Code for Sounding Datum
            ZOR 15 n int 0.. ; Z values False Origin
            GRD 3 a ; Grid Code
            GRN 80 ; Grid Description
            ZNA 4 n int 0.. ; Grid Zone number
            """),
        ExtensionLayout(
            "GRDPSB", "Grid Reference Data", "STDI-0002 Volume 1, Appendix P, Section P.3.2.5.3, Table P-4",
            """
            NUM_GRDS 2 n int 1.. ; Number of Location Grids
            GRDS * NUM_GRDS
                ZVL 10 n real [m] ; Location Grid Elevation
                BAD 10 a ; Location Grid ID
                LOD 12 n real ; Data Density in Columns
                LAD 12 n real ; Data Density in Rows
                LSO 11 n real ; Origin in Columns
                PSO 11 n real ; Origin in Rows
            end
            """),
        ExtensionLayout(
            "MAPLOB", "Map Projected Location", "STDI-0002 Volume 1, Appendix P - GEOSDE",
            """
            UNILOA 3 a ; Length units
            LOD 5 n int 1..99999 ; Easting interval
            LAD 5 n int 1..99999 ; Northing interval
            LSO 15 n real ; Easting of Reference Origin
            PSO 15 n real ; Northing of Reference Origin
            """),
        ExtensionLayout(
            "PRJPSB", "Projection Parameters", "STDI-0002 Volume 1, Appendix P - GEOSDE",
            """
            PRN 80 a ; Projection Name
            PCO 2 a ; Projection Code
            NUM_PRJ 1 n int 0..9 ; Number of Projection Parameters
            PRJ * NUM_PRJ
                PRJ 15 n ; Projection Parameter
            end
            XOR 15 n int 0.. ; Projection False X (Easting) Origin
            YOR 15 n int 0.. ; Projection False Y (Northing) Origin
            """),
        ExtensionLayout(
            "SNSPSB", "Sensor Parameters", "STDI-0002 Volume 1, Appendix P, Section P.3.2.7.2, Table P-13",
            """
            NUM_SNS 2 n int ; Number of sets of sensor parameters
            SENSORS * NUM_SNS
                NUM_BP 2 n int
                BP * NUM_BP
                    NUM_PTS 3 n int
                    POINTS * NUM_PTS
                        LON 15 n real
                        LAT 15 n real
                    end
                end
                NUM_BND 2 n int
                BND * NUM_BND
                    BID 5 a
                    WS1 5 n int
                    WS2 5 n int
                end
                UNIRES 3 a
                REX 6 n real
                REY 6 n real
                GSX 6 n real
                GSY 6 n real
                GSL 12 a
                PLTFM 8 a
                INS 8 a
                MOD 4 a
                PRL 5 a
                SID 10 a
                ACT 18 a
                UNINOA 3 a
                NOA 7 n real if UNINOA != ''
                UNIANG 3 a
                ANG 7 n real if UNIANG != ''
                UNIALT 3 a
                ALT 9 n real if UNIALT != ''
                LONSCC 10 n real
                LATSCC 10 n real
                UNISAE 3 a
                if UNISAE != ''
                    SAZ 7 n real
                    SEL 7 n real
                end
                UNIRPY 3 a
                if UNIRPY != ''
                    ROL 7 n real
                    PIT 7 n real
                    YAW 7 n real
                end
                UNIPXT 3 a
                PXT 14 n real if UNIPXT != ''
                UNISPE 7 a
                if UNISPE != ''
                    ROS 22 n real
                    PIS 22 n real
                    YAS 22 n real
                end
                NUM_AUX 3 n int
                AUX * NUM_AUX
                    API 20 a
                    APF 1 a
                    UNIAPX 7 a
                    APN 10 n int if APF = 'I'
                    APR 20 n real if APF = 'R'
                    APA 20 if APF = 'A'
                end
            end
            """),
        ExtensionLayout(
            "SOURCB", "Source Data", "STDI-0002 Volume 1, Appendix P, Section P.3.2.7.3, Table P-14",
            """
            IS_SCA 9 n int
            CPATCH 10 a
            NUM_SOUR 2 n int 1..
            SOURCE * NUM_SOUR
                NUM_BP 2 n int
                BP * NUM_BP
                    NUM_PTS 3 n int
                    POINT * NUM_PTS
                        LON 15 n real
                        LAT 15 n real
                    end
                end
                PRT 10 a
                URF 20 a
                EDN 7 a
                NAM 20 a
                CDP 3 n int
                CDV 8 a
                CDV27 8 a
                SRN 80 a
                SCA 9 n int
                UNISQU 3 a
                SQU 10 n int if UNISQU != ''
                UNIPCI 3 a
                PCI 4 n int if UNIPCI != ''
                WPC 3 n int
                NST 3 n int
                UNIHKE 3 a
                if UNIHKE != ''
                    HKE 6 n int
                    LONHKE 15 n real
                    LATHKE 15 n real
                end
                QSS 1 a
                QOD 1 a
                CDV10 8 a if QSS != 'U' and QOD != 'Y'
                QLE 80 a
                CPY 80 a
                NMI 2 n int
                MI * NMI
                    CDV30 8 a
                    UNIRAT 3 a
                    RAT 8 n real
                    UNIGMA 3 a
                    GMA 8 n real
                    LONGMA 15 n real
                    LATGMA 15 n real
                    UNIGCA 3 a
                    GCA 8 n real if UNIGCA != ''
                end
                NLI 2 n int
                BAD * NLI
                    BAD 10 a
                end
                DAG 80 a
                DCD 4 a
                ELL 80 a
                ELC 3 a
                DVR 80 a
                VDCDVR 4 a
                SDA 80 a
                VDCSDA 4 a
                PRN 80 a
                PCO 2 a
                NUM_PRJ 1 n int
                RESERVED * NUM_PRJ
                    RESERVED 15 n real
                end
                XOR 15 n int 0..
                YOR 15 n int 0..
                GRD 3 a
                GRN 80 a
                ZNA 4 n int 0..
                NIN 2 n int
                IN * NIN
                    INT 10 a
                    INS_SCA 9 n int
                    NTL 15 n real
                    TTL 15 n real
                    NVL 15 n real
                    TVL 15 n real
                    NTR 15 n real
                    TTR 15 n real
                    NVR 15 n real
                    TVR 15 n real
                    NRL 15 n real
                    TRL 15 n real
                    NSL 15 n real
                    TSL 15 n real
                    NRR 15 n real
                    TRR 15 n real
                    NSR 15 n real
                    TSR 15 n real
                end
            end
            """),
    ]
}
