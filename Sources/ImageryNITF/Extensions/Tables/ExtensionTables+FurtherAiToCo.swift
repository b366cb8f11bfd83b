// Further extensions of STDI-0002 Volume 1, registered and controlled.

extension ExtensionTables {
    static let furtherAiToCo: [ExtensionLayout] = [
        ExtensionLayout(
            "AIPBCA", "Geometry of an Image Patch", "STDI-0002",
            """
            Patch_Width 5 n ; Patch Width
            u_hat_x 16 a ; Semi-major axis (x component)
            u_hat_y 16 a ; Semi-major axis (y component)
            u_hat_z 16 a ; Semi-major axis (z component)
            v_hat_x 16 a ; Semi-minor axis (x component)
            v_hat_y 16 a ; Semi-minor axis (y component)
            v_hat_z 16 a ; Semi-minor axis (z component)
            n_hat_x 16 a ; Normal vector (x component)
            n_hat_y 16 a ; Normal vector (y component)
            n_hat_z 16 a ; Normal vector (z component)
            Dep_Angle 7 n ; Cross-track depression angle
            CT_Track_Range 10 n ; Cross-track range
            eta_0 16 a ; Dummy param, leading edge of patch
            eta_1 16 a ; Dummy param, trailing edge of patch
            x_Img_u 9 a ; Component u of image coords (x direction)
            x_Img_v 9 a ; Component v of image coords (x direction)
            x_Img_n 9 a ; Component n of image coords (x direction)
            y_Img_u 9 a ; Component u of image coords (y direction)
            y_Img_v 9 a ; Component v of image coords (y direction)
            y_Img_n 9 a ; Component n of image coords (y direction)
            z_Img_u 9 a ; Component u of image coords (z direction)
            z_Img_v 9 a ; Component v of image coords (z direction)
            z_Img_n 9 a ; Component n of image coords (z direction)
            ct_hat_x 9 a ; Cross-track unit vector (x component)
            ct_hat_y 9 a ; Cross-track unit vector (y component)
            ct_hat_z 9 a ; Cross-track unit vector (z component)
            scl_pt_u 13 a ; Scene center line point (u component)
            scl_pt_v 13 a ; Scene center line point (v component)
            scl_pt_n 13 a ; Scene center line point (n component)
            sigma_sm 13 a ; Semi-major axis length
            sigma_sn 13 a ; Semi-minor axis length
            s_off 10 a ; Small circle origin offset (along v)
            Rn_offset 12 a ; Offset btwn small and great circle plane
            CRP_Range 11 n ; Range to CRP
            Ref_Dep_Ang 7 n ; Scene ref. depression angle
            Ref_Asp_Ang 9 n ; Scene ref. aspect angle
            n_Skip_Az 1 n ; N-skip azimuth
            n_Skip_Range 1 n ; N-skip range
            """),
        ExtensionLayout(
            "ASTORA", "ASTOR Program Radar Data", "STDI-0002 Volume 1, Appendix AQ - ASTORA",
            """
            IMG_TOTAL_ROWS 6 n 000000..999999 ; Number of rows in full image prod.
            IMG_TOTAL_COLS 6 n 000000..999999 ; Number of columns in full image prod.
            IMG_INDEX_ROW 6 n 000000..999999 ; Upper left corner of tile, row coord.
            IMG_INDEX_COL 6 n 000000..999999 ; Upper left corner of tile, col coord.
            GEOID_OFFSET 7 a ; Distance from ref. ellipsoid to MSL geoid at ref. pt.
            ALPHA_0 16 a ; Cone angle (radians)
            K_L 2 a ; Left/right look flag
            C_M 15 a ; Speed of light (m/s)
            AC_ROLL 16 a ; Nominal Aircraft Roll (radians)
            AC_PITCH 16 a ; Nominal Aircraft Pitch (radians)
            AC_YAW 16 a ; Nominal Aircraft Yaw (radians)
            AC_TRACK_HEADING 16 a ; Nominal Aircraft Track Heading (radians)
            AP_ORIGIN_X 13 a ; Synthetic aperture origin point (m) (x component)
            AP_ORIGIN_Y 13 a ; Sythetic aperture origin point (m) (y component)
            AP_ORIGIN_Z 13 a ; Sythetic aperture origin point (m) (z component)
            AP_DIR_X 16 a ; Sythetic aperture direction unit vec. (x component)
            AP_DIR_Y 16 a ; Sythetic aperture direction unit vec. (y component)
            AP_DIR_Z 16 a ; Sythetic aperture direction unit vec. (z component)
            X_AP_START 12 a ; Start point of synthetic aperture
            X_AP_END 12 a ; End point of synthetic aperture
            SS_ROW_SHIFT 4 a -999..999 ; Spot stitching row shift
            SS_COL_SHIFT 4 a -999..999 ; Spot stitching column shift
            U_HAT_X 16 a ; Semi-major axis (x component)
            U_HAT_Y 16 a ; Semi-major axis (y component)
            U_HAT_Z 16 a ; Semi-major axis (z component)
            V_HAT_X 16 a ; Semi-minor axis (x component)
            V_HAT_Y 16 a ; Semi-minor axis (y component)
            V_HAT_Z 16 a ; Semi-minor axis (z component)
            N_HAT_X 16 a ; Normal vector (x component)
            N_HAT_Y 16 a ; Normal vector (y component)
            N_HAT_Z 16 a ; Normal vector (z component)
            ETA_0 16 a ; Dummy param, leading edge of patch
            SIGMA_SM 13 a ; Semi-major axis length
            SIGMA_SN 13 a ; Semi-minor axis length
            S_OFF 10 a ; Offset between small circle and great circle plane (m)
            RN_OFFSET 12 a ; Offset between small circle and great circle plane (m)
            R_SCL 16 a ; Radius of curvature of scene center line (m)
            R_NAV 16 a ; Radius of curvature of nominal aircraft flight track (m)
            R_SC_EXACT 16 a ; Cross-track offset to scene center line (m)
            C_SC_X 16 a ; Center of scene center line fit circle, ECEF (m) (x component)
            C_SC_Y 16 a ; Center of scene center line fit circle, ECEF (m) (y component)
            C_SC_Z 16 a ; Center of scene center line fit circle, ECEF (m) (z component)
            K_HAT_X 16 a ; Local radial direction unit vector, leading edge of patch (x component)
            K_HAT_Y 16 a ; Local radial direction unit vector, leading edge of patch (y component)
            K_HAT_Z 16 a ; Local radial direction unit vector, leading edge of patch (z component)
            L_HAT_X 16 a ; Local along-track unit vector, leading edge of patch (x component)
            L_HAT_Y 16 a ; Local along-track unit vector, leading edge of patch (y component)
            L_HAT_Z 16 a ; Local along-track unit vector, leading edge of patch (z component)
            P_Z 16 a ; Perp. distance from nav. circle to scene center line point
            THETA_C 16 a ; Perp. distance from nav. circle to scene center line point
            ALPHA_SL 16 a ; Tangent cone apex parameter
            SIGMA_TC 16 a ; Tangent cone scale parameter
            """),
        ExtensionLayout(
            "BCHIPA", "Band Chipping", "STDI-0002 Volume 1, Appendix AR - BCHIPA",
            """
            SDE_UUID 36 a
            NUM_INSTS 5 n 00001..99999
            INSTANCE 5 n 00001..99999
            INCLUDE_A 1 a
            INCLUDE_B 1 a
            INCLUDE_C 1 a
            ISID 10 a if INCLUDE_A = 'Y'
            TOT_ORIG_BANDS 5 n 00001..99999 if INCLUDE_A = 'Y'
            TOT_CURR_BANDS 5 n 00001..99999 if INCLUDE_A = 'Y'
            NUM_BWP_IS 3 n 001..999 if INCLUDE_A = 'Y'
            BWP_IS * NUM_BWP_IS if INCLUDE_A = 'Y'
                BWP_IS 3 n 001..999
            end
            NUM_RLVNT_SDE 3 n 000..999 if INCLUDE_A = 'Y'
            SDE_NAME * NUM_RLVNT_SDE if INCLUDE_A = 'Y'
                SDE_NAME 32 a
            end
            SDE_STATUS * NUM_RLVNT_SDE if INCLUDE_A = 'Y'
                SDE_STATUS 1 a
            end
            SECTION_BC_DATA remaining b
            """),
        ExtensionLayout(
            "BCKGDA", "Background of the Display", "STDI-0002",
            """
            BGWIDTH 8 n ; Background Width
            BGHEIGHT 8 n ; Background Height
            BGRED 8 n ; Background Red
            BGGREEN 8 n ; Background Green
            BGBLUE 8 n ; Background Blue
            PIXSIZE 8 n ; Pixel Size
            PIXUNITS 8 n ; Pixel Units
            """),
        ExtensionLayout(
            "CCINFA", "Country Code Information", "STDI-0002 Volume 1, Appendix AG - CCINFA",
            """
            NUMCODE 3 n int 1..999 ; Number of defined codes
            CODES * NUMCODE
                CODE_LEN 1 n int 1..9 ; Length of the CODE field
                CODE CODE_LEN a ; Country Code
                EQTYPE 1 a ; Type of equivalence
                ESURN_LEN 2 n int 9..99 ; Length of ESURN field
                ESURN ESURN_LEN a ; Equivalent short URN-based individual item identifier
                DETAIL_LEN 5 n int 0.. ; Length of the DETAIL field
                if DETAIL_LEN > 0
                    DETAIL_CMPR 1 a ; Code Detail Compression
                    DETAIL DETAIL_LEN b ; Code Detail
                end
            end
            """),
        ExtensionLayout(
            "CLCTNA", "Data Collection", "STDI-0002",
            """
            VERNUM 4 n
            CLCTN_NAME 25 a
            CLCTN_DESCRIPT 255 a
            CLCTN_STDATE 8 a
            CLCTN_SPDATE 8 a
            CLCTN_LOC 11 a
            COUNTRY 2 a
            SPONSOR 20 a
            PERSONNEL 100 a
            SCLCTN_NAME 20 a
            SDESCRIPTION 255 a
            SCLCTN_Z_OFF 3 a
            SCLCTN_STDATE 8 a
            SCLCTN_SPDATE 8 a
            SECURITY 7 a
            SCG 15 a
            SITE 15 a
            SITE_NUM 3 a
            SCN_NUM 3 a
            FLIGHT_NUM 2 a
            PASS_NUM 2 a
            SCN_CNTR 11 a
            ALTITUDE 5 a
            SCN_CONTENT 50 a
            BGRND_TYPE 50 a
            WX_STATION 20 a
            WX_OVERVIEW 15 a
            WX_FILE 30 a
            """),
        ExtensionLayout(
            "CLCTNB", "Data Collection of Several Sites", "STDI-0002",
            """
            VERNUM 4 n
            CLCTN_NAME 25 a
            CLCTN_DESCRIPT 255 a
            CLCTN_STDATE 8 a
            CLCTN_SPDATE 8 a
            CLCTN_LOC 11 a
            SITE 15 a
            COUNTRY 2 a
            SPONSOR 20 a
            PERSONNEL 100 a
            NUM_SITES 1 n
            SITES * NUM_SITES
                SCLCTN_NAME 20 a
                SDESCRIPTION 255 a
                SITE_NUM 3 a
                SCN_NUM 3 a
                SCLCTN_STDATE 8 a
                SCLCTN_SPDATE 8 a
                SCN_CNTR 11 a
                ALTITUDE 5 a
                SCN_CONTENT 50 a
                BGRND_TYPE 50 a
                SITE_COV 1 a
            end
            SCLCTN_Z_OFF 3 a
            SECURITY 7 a
            SCG 15 a
            FLIGHT_NUM 2 a
            PASS_NUM 2 a
            WX_STATION 20 a
            WX_OVERVIEW 15 a
            WX_FILE 30 a
            """),
        ExtensionLayout(
            "CMETAA", "Complex Radar Metadata", "STDI-0002",
            """
            RELATED_TRES 2 n int 0..20 ; Number of Related TREs
            ADDITIONAL_TRES 120 a ; Related TREs
            RD_PRC_NO 12 a ; Processor Version No.
            IF_PROCESS 4 a ; VPH Processing Method
            RD_CEN_FREQ 4 a ; Nominal Center Freq Band
            RD_MODE 5 a ; Collection Mode
            RD_PATCH_NO 4 n int 0..9999 ; Data Patch Number Field
            CMPLX_DOMAIN 5 a ; Complex Domain
            CMPLX_MAG_REMAP_TYPE 4 a ; Magnitude Remap
            CMPLX_LIN_SCALE 7 n real 0.000001..99999.9 ; Linear Scale Factor
            CMPLX_AVG_POWER 7 n real 0..99999.9 ; Complex Average Power
            CMPLX_LINLOG_TP 5 n int 0..65535 ; Complex LinLog Transition Point
            CMPLX_PHASE_QUANT_FLAG 3 a ; Phase Quantization Flag
            CMPLX_PHASE_QUANT_BIT_DEPTH 2 n int 0..32 ; Phase Quantization Bit Depth
            CMPLX_SIZE_1 2 n int 4..64 ; Size of First Pix Component in Bits
            CMPLX_IC_1 2 n ; Data Compression of First Pixel Component
            CMPLX_SIZE_2 2 n int 0..64 ; Size of Second Pixel Component in Bits
            CMPLX_IC_2 2 n ; Data Compression of Second Pixel Component
            CMPLX_IC_BPP 5 n real 0.0..64.0 ; Complex Imagery Compressed Bits per Pixel
            CMPLX_WEIGHT 3 a ; Type of Weighting
            CMPLX_AZ_SLL 2 n int 0..99 [decibels] ; Azimuth Sidelobe Level
            CMPLX_RNG_SLL 2 n int 0..99 [decibels] ; Range Sidelobe Level
            CMPLX_AZ_TAY_NBAR 2 n int 0..99 ; Azimuth Taylor nbar
            CMPLX_RNG_TAY_NBAR 2 n int 0..99 ; Range Taylor nbar
            CMPLX_WEIGHT_NORM 3 a ; Weighting Normalization
            CMPLX_SIGNAL_PLANE 1 a ; Complex Signal PLane
            IF_DC_SF_ROW 6 n int 0..999999 ; Sample Location of DC in row dimension
            IF_DC_SF_COL 6 n int 0..999999 ; Sample Location of DC in column dimension
            IF_PATCH_1_ROW 6 n int -99999..999999 ; UL Signal Corner, Row
            IF_PATCH_1_COL 6 n int -99999..999999 ; UL Signal Corner, Col
            IF_PATCH_2_ROW 6 n int -99999..999999 ; UR Signal Corner, Row
            IF_PATCH_2_COL 6 n int -99999..999999 ; UR Signal Corner, Col
            IF_PATCH_3_ROW 6 n int -99999..999999 ; BR Signal Corner, Row
            IF_PATCH_3_COL 6 n int -99999..999999 ; BR Signal Corner, Col
            IF_PATCH_4_ROW 6 n int -99999..999999 ; BL Signal Corner, Row
            IF_PATCH_4_COL 6 n int -99999..999999 ; BL Signal Corner, Col
            IF_DC_IS_ROW 8 n int 0..99999999 ; IS DC Location Row
            IF_DC_IS_COL 8 n int 0..99999999 ; IS DC Location Column
            IF_IMG_ROW_DC 8 n int 0..99999999 ; Row Location of Patch
            IF_IMG_COL_DC 8 n int 0..99999999 ; Column Location of Patch
            IF_TILE_1_ROW 6 n int -99999..999999 ; UL Tile Corner, Row
            IF_TILE_1_COL 6 n int -99999..999999 ; UL Tile Corner, Column
            IF_TILE_2_ROW 6 n int -99999..999999 ; UR Tile Corner, Row
            IF_TILE_2_COL 6 n int -99999..999999 ; UR Tile Corner, Column
            IF_TILE_3_ROW 6 n int -99999..999999 ; LR Tile Corner, Row
            IF_TILE_3_COL 6 n int -99999..999999 ; LR Tile Corner, Column
            IF_TILE_4_ROW 6 n int -99999..999999 ; LL Tile Corner, Row
            IF_TILE_4_COL 6 n int -99999..999999 ; LL Tile Corner, Column
            IF_RD 1 a ; Range Deskew Flag
            IF_RGWLK 1 a ; Range Walk Correction
            IF_KEYSTN 1 a ; Range Keystone/Curv. Cor
            IF_LINSFT 1 a ; Residual Linear Shift Co
            IF_SUBPATCH 1 a ; Sub-patch Phase Correctn.
            IF_GEODIST 1 a ; Other Geom. Dist. Crtns.
            IF_RGFO 1 a ; Range Fall-off Correction
            IF_BEAM_COMP 1 a ; Antenna Beam Pattern Comp
            IF_RGRES 8 n real 0.0..9999.999 [meters] ; Range Direction Resolution
            IF_AZRES 8 n real 0.0..9999.999 [meters] ; Azimuth Resolution
            IF_RSS 8 n real 0.0..99.99999 [meters/pixel] ; Range Sample Spacing
            IF_AZSS 8 n real 0.0..99.99999 [meters/pixel] ; Azimuth Sample Spacing
            IF_RSR 8 n real 0.0..99.99999 [samples/IPR] ; Range Sample Rate
            IF_AZSR 8 n real 0.0..99.99999 [samples/IPR] ; Azimuth Sample Rate
            IF_RFFT_SAMP 7 n int 1..9999999 ; Original Range Samples
            IF_AZFFT_SAMP 7 n int 1..9999999 ; Original Azimuth Samples
            IF_RFFT_TOT 7 n int 1..9999999 ; Total Range Samples
            IF_AZFFT_TOT 7 n int 1..9999999 ; Total Azimuth Samples
            IF_SUBP_ROW 6 n int 0..999999 [pixels] ; Sub-patch Size, Row
            IF_SUBP_COL 6 n int 0..999999 [pixels] ; Sub-patch Size, Column
            IF_SUB_RG 4 n int 0..1000 ; Subpatch Counts, Range
            IF_SUB_AZ 4 n int 0..1000 ; Subpatch Counts, Azimuth
            IF_RFFTS 1 a ; FFT Sign Convention in Range
            IF_AFFTS 1 a ; FFT Sign Convention in Azimuth
            IF_RANGE_DATA 7 a ; Range Data Range
            IF_INCPH 1 a ; Increasing phase
            IF_SR_NAME1 8 a ; Super Res. Alg. Name (1st Iter)
            IF_SR_AMOUNT1 8 n real 1.0..99.99999 ; Amount/Factor of Super Res. Applied (1st Iter)
            IF_SR_NAME2 8 a ; Super Res. Alg. Name (2nd Iter)
            IF_SR_AMOUNT2 8 n real 1.0..99.99999 ; Amount/Factor of Super Res. Applied (2nd Iter)
            IF_SR_NAME3 8 a ; Super Res. Alg. Name (3rd Iter)
            IF_SR_AMOUNT 8 n real 1.0..99.99999 ; Amount/Factor of Super Res. Applied (3rd Iter)
            AF_TYPE1 5 a ; First Autofocus Iteration
            AF_TYPE2 5 a ; Second Autofocus Iteration
            AF_TYPE3 5 a ; Third Autofocus Iteration
            POL_TR 1 a ; Transmit Polarization
            POL_RE 1 a ; Receive Polarization
            POL_REFERENCE 40 a ; Polarization Frame of Ref.
            POL 1 a ; Polarimetric Data Set
            POL_REG 1 a ; Pixel Registered
            POL_ISO_1 5 n real 0.0..99.99 [decibels] ; Minimum Polarization Isolation
            POL_BAL 1 a ; RCS Gray Level Balancing
            POL_BAL_MAG 8 n real 0.0..0.999999 ; Pixel Amplitude Balance Coeff
            POL_BAL_PHS 8 n real -9.999999..9.999999 [radians] ; Pixel Phase Balance Coeff
            POL_HCOMP 1 a ; Radar Hardware Phase Bal.
            POL_HCOMP_BASIS 10 a ; Basis Set
            POL_HCOMP_COEF_1 9 n real -99999999..999999999 ; First Radar HW Phase Bal.
            POL_HCOMP_COEF_2 9 n real -99999999..999999999 ; Second Radar HW Phase Bal
            POL_HCOMP_COEF_3 9 n real -99999999..999999999 ; Third Radar HW Phase Bal.
            POL_AFCOMP 1 n ; Radar Autofocus Phase Bal.
            POL_SPARE_A 15 a ; Spare alpha field
            POL_SPARE_N 9 n int ; Spare numeric field
            T_UTC_YYYYMMMDD 9 a ; Collection Date
            T_HHMMSSUTC 6 n ; Collection Time
            T_HHMMSSLOCAL 6 a ; Civil Time of Collection
            CG_SRAC 11 n real 0.0..99999999.99 [meters] ; Slant Range at Sensor Reference Center
            CG_SLANT_CONFIDENCE 7 n real 0.0..9999.99 [meters] ; Slant Range 95% Confidence Interval
            CG_CROSS 11 n real 0.0..99999999.99 [meters] ; Cross Track Range at Sensor Reference Center
            CG_CROSS_CONFIDENCE 7 n real 0.0..9999.99 [meters] ; Cross Track Range 95% Confidence Interval
            CG_CAAC 9 n real -179.0..179.0 [degrees] ; Cone Angle at Sensor Reference Point
            CG_CONE_CONFIDENCE 6 n real 0.0..0.9999 [degrees] ; Cone Angle 95% Confidence
            CG_GPSAC 8 n real -89.0..89.0 [degrees] ; Ground Plane Squint Angle
            CG_GPSAC_CONFIDENCE 6 n real 0.0..0.9999 [degrees] ; Squint Angle 95% Confidence
            CG_SQUINT 8 n real -89.0..89.0 [degrees] ; Slant Plane Squint Angle
            CG_GAAC 7 n real 0.0..89.9999 [degrees] ; Grazing Angle at Sensor Reference Point Center
            CG_GAAC_CONFIDENCE 6 n real 0.0..0.9999 [degrees] ; Grazing Angle at Sensor Reference Point Center 95% Confidence
            CG_INCIDENT 7 n real 0.0..89.9999 [degrees] ; Incidence angle
            CG_SLOPE 7 n real -89.9999..89.9999 [degrees] ; Slope angle
            CG_TILT 8 n real -44.9999..44.9999 [degrees] ; Tilt angle
            CG_LD 1 a ; Look Direction
            CG_NORTH 8 n real 0.0..359.9999 [degrees] ; North Relative to Top Image Edge
            CG_NORTH_CONFIDENCE 6 n real 0.0..9.9999 [degrees] ; North Angle 95% Confidence
            CG_EAST 8 n real 0.0..359.9999 [degrees] ; East Relative to Top Image Edge
            CG_RLOS 8 n real 0.0..359.9999 [degrees] ; Range LOS Relative to Top Image Edge
            CG_LOS_CONFIDENCE 6 n real 0.0..9.9999 [degrees] ; Range LOS 95% Confidence
            CG_LAYOVER 8 n real 0.0..359.9999 [degrees] ; Layover Angle
            CG_SHADOW 8 n real 0.0..359.9999 [degrees] ; Shadow Angle
            CG_OPM 7 n real 0.0..999.999 [miliarcsec] ; Out of Plane Motion
            CG_MODEL 5 a ; Nominal Geometry Reference
            CG_AMPT_X 13 n real -99999999.999..99999999.999 ; Aimpoint of Antenna, x
            CG_AMPT_Y 13 n real -99999999.999..99999999.999 ; Aimpoint of Antenna, y
            CG_AMPT_Z 13 n real -99999999.999..99999999.999 [meters] ; Aimpoint of Antenna, z
            CG_AP_CONF_XY 6 n real 0.0..999.99 [meters] ; Aimpoint X,Y 95% Confidence
            CG_AP_CONF_Z 6 n real 0.0..999.99 [meters] ; Aimpoint Z 95% Confidence
            CG_APCEN_X 13 n real -99999999.999..99999999.99 ; Sensor Reference Point, x
            CG_APCEN_Y 13 n real -99999999.999..99999999.99 ; Sensor Reference Point, y
            CG_APCEN_Z 13 n real -99999999.999..99999999.99 [meters] ; Sensor Reference Point, z
            CG_APER_CONF_XY 6 n real 0.0..999.99 [meters] ; SRP X,Y 95% Confidence
            CG_APER_CONF_Z 6 n real 0.0..999.99 [meters] ; SRP Z 95% Confidence
            CG_FPNUV_X 9 n real -1.0..1.0 ; Focus Plane Normal UV, x
            CG_FPNUV_Y 9 n real -1.0..1.0 ; Focus Plane Normal UV, y
            CG_FPNUV_Z 9 n real -1.0..1.0 ; Focus Plane Normal UV, z
            CG_IDPNUVX 9 n real -1.0..1.0 ; Image Display Plane NUV, x
            CG_IDPNUVY 9 n real -1.0..1.0 ; Image Display Plane NUV, y
            CG_IDPNUVZ 9 n real -1.0..1.0 ; Image Display Plane NUV, z
            CG_SCECN_X 13 n real -99999999.999..99999999.999 ; Scene Center, x
            CG_SCECN_Y 13 n real -99999999.999..99999999.999 ; Scene Center, y
            CG_SCECN_Z 13 n real -99999999.999..99999999.999 [meters] ; Scene Center, z
            CG_SC_CONF_XY 6 n real 0.0..999.99 [meters] ; Scene Center X,Y 95% Conf
            CG_SC_CONF_Z 6 n real 0.0..999.99 [meters] ; Scene Center Z 95% Confid
            CG_SWWD 8 n real 0.0..99999.99 [meters] ; Swath Width
            CG_SNVEL_X 10 n real -99999.999..99999.999 [meters/sec] ; Sensor Nominal Velocity, x
            CG_SNVEL_Y 10 n real -99999.999..99999.999 [meters/sec] ; Sensor Nominal Velocity, y
            CG_SNVEL_Z 10 n real -99999.999..99999.999 [meters/sec] ; Sensor Nominal Velocity, z
            CG_SNACC_X 10 n real -99.999999..99.999999 [meters/sec squared] ; Sensor Nominal Accel, x
            CG_SNACC_Y 10 n real -99.999999..99.999999 [meters/sec squared] ; Sensor Nominal Accel, y
            CG_SNACC_Z 10 n real -99.999999..99.999999 [meters/sec squared] ; Sensor Nominal Accel, z
            CG_SNATT_ROLL 8 n real -9999999..179.999 [degrees] ; Sensor Nom. Attitude Roll
            CG_SNATT_PITCH 8 n real -9999999..179.999 [degrees] ; Sensor Nom. Attitude Pitch
            CG_SNATT_YAW 8 n real -9999999..359.999 [degrees] ; Sensor Nom. Attitude Yaw
            CG_GTP_X 9 n real -1.0..1.0 ; Geoid Tangent Plane Normal, x
            CG_GTP_Y 9 n real -1.0..1.0 ; Geoid Tangent Plane Normal, y
            CG_GTP_Z 9 n real -1.0..1.0 ; Geoid Tangent Plane Normal, z
            CG_MAP_TYPE 4 a ; Mapping Coordinate
            if CG_MAP_TYPE = 'GEOD'
                CG_PATCH_LATCEN 11 n real -89.9999999..89.9999999 [degrees] ; Lat of the Patch Center
                CG_PATCH_LNGCEN 12 n real -179.9999999..179.9999999 [degrees] ; Long of the Patch Center
                CG_PATCH_LTCORUL 11 n real -89.9999999..89.9999999 [degrees] ; Lat of Patch Corner, upper left
                CG_PATCH_LGCORUL 12 n real -179.9999999..179.9999999 [degrees] ; Lon of Patch Corner, upper left
                CG_PATCH_LTCORUR 11 n real -89.9999999..89.9999999 [degrees] ; Lat of Patch Corner, upper right
                CG_PATCH_LGCORUR 12 n real -179.9999999..179.9999999 [degrees] ; Lon of Patch Corner, upper right
                CG_PATCH_LTCORLR 11 n real -89.9999999..89.9999999 [degrees] ; Lat of Patch Corner, lower right
                CG_PATCH_LGCORLR 12 n real -179.9999999..179.9999999 [degrees] ; Lon of Patch Corner, lower right
                CG_PATCH_LTCORLL 11 n real -89.9999999..89.9999999 [degrees] ; Lat of Patch Corner, lower left
                CG_PATCH_LNGCOLL 12 n real -179.9999999..179.9999999 [degrees] ; Lon of Patch Corner, lower left
                CG_PATCH_LAT_CONFIDENCE 9 n real 0.0..9.9999999 [degrees] ; Latitude 95% Confidence
                CG_PATCH_LONG_CONFIDENCE 9 n real 0.0..9.9999999 [degrees] ; Longitude 95% Confidence
            end
            if CG_MAP_TYPE = 'MGRS'
                CG_MGRS_CENT 23 a ; MGRS Image Center
                CG_MGRSCORUL 23 a ; MGRS Image Upper Left Corn
                CG_MGRSCORUR 23 a ; MGRS Image Upper RightCorn
                CG_MGRSCORLR 23 a ; MGRS Image Lower RightCorn
                CG_MGRCORLL 23 a ; MGRS Image Lower Left Corn
                CG_MGRS_CONFIDENCE 7 n real 0.0..9999.99 [meters] ; MGRS 95% Confidence
                CG_MGRS_PAD 11 a ; MGRS Blank Padding
            end
            CG_MAP_TYPE_BLANK 133 a if CG_MAP_TYPE = 'NA' ; Map Coordinate Padding
            CG_SPARE_A 144 a ; Spare Alpha field
            CA_CALPA 7 n real 0.0..999.999 ; Radiometric Calibration Parameter
            WF_SRTFR 14 n real 0.0..999999999999.9 [Hz] ; Chirp Start Frequency
            WF_ENDFR 14 n real 0.0..999999999999.9 [Hz] ; Chirp End Frequency
            WF_CHRPRT 10 n real -99.999999..99.999999 [MHz/msec] ; Chirp Rate
            WF_WIDTH 9 n real 0.0..0.9999999 [seconds] ; Pulsewidth
            WF_CENFRQ 13 n real 0.0..99999999999.9 [Hz] ; Center frequency
            WF_BW 13 n real 0.0..99999999999.9 [Hz] ; Chirp Bandwidth
            WF_PRF 7 n real 0.0..99999.9 [Hz] ; Pulse Repetition Frequency
            WF_PRI 9 n real 0.0..0.9999999 [seconds] ; Pulse Repetition Interval
            WF_CDP 7 n real 0.0..100.0 [seconds] ; Coherent Data Period
            WF_NUMBER_OF_PULSES 9 n int 2..999999999 ; Number of Pulses
            VPH_COND 1 a ; VPH Data
            """),
        ExtensionLayout(
            "COMNTA", "Comments", "STDI-0002 Volume 1, Appendix AU - COMNTA",
            """
            COMMENT remaining 8
            """),
    ]
}
