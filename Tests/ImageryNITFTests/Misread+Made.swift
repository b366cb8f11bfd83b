// Extensions that some software reads otherwise, and that no public file holds where that would show.

extension Misread {
    /// Made field by field from the layouts of STDI-0002, in which numbers that do not matter are zeros.
    static let made: [Misread] = [
        Misread(
            "BANDSA", "BANDPEAK has five characters, not six.",
            """
            0001.50r0002.50r0012.5000200.4500.4100.49{26}01.2500.5600.5200.60{26}02.25
            """,
            [
                "BANDPEAK": ["00.45", "00.56"],
                "BANDLBOUND": ["00.41", "00.52"],
                "BANDUBOUND": ["00.49", "00.60"],
                "BANDGSD": ["01.25", "02.25"],
            ]),
        Misread(
            "BANDSB", "WAVE_LENGTH_UNIT follows the fields of the cube.",
            """
            00002REFLECTANCE{14}{8x00}{7x30} {7x30} {7x30} {7x30} {48x00}{xe1000000}TOP OF ATMOSPHERE{7}?{xc00000}0012.50dat\
            a{28}U0.480000.66500
            """,
            [
                "RADIOMETRIC_ADJUSTMENT_SURFACE": ["TOP OF ATMOSPHERE"],
                "ATMOSPHERIC_ADJUSTMENT_ALTITUDE": ["{x3fc00000}"],
                "DIAMETER": ["0012.50"],
                "DATA_FLD_2": ["data"],
                "WAVE_LENGTH_UNIT": ["U"],
                "CWAVE": ["0.48000", "0.66500"],
            ]),
        Misread(
            "BANDSB", "The unit is there for each of the bits 24 to 19, and auxiliary parameters are fields.",
            """
            00002{25}{8x00}{7x30} {7x30} {7x30}M{7x30}M{49x00}{x080c01}W0001{6x30}15{8x30}1{6x30}3M{6x30}5{6x30}7M0002{6x30}\
            25{8x30}2{6x30}4M{6x30}6{6x30}8M0101RK{6}@ {x0000c0800000}IDEG    {8x30}42
            """,
            [
                "WAVE_LENGTH_UNIT": ["W"],
                "LBOUND": ["0001000", "0002000"],
                "UBOUND": ["0001500", "0002500"],
                "SPT_RESP_UNC_ROW": ["0000003", "0000004"],
                "SPT_RESP_UNC_COL": ["0000007", "0000008"],
                "APR": ["{x40200000}", "{xc0800000}"],
                "APN": ["0000000042"],
            ]),
        Misread(
            "CSEXRB", "DT has the size that the file gives it.",
            """
            2a{34}0013b{52}F{45x30}720190507120005.{9x30}{x00000000000f}B@{x030000000200000002010000010001}{8x30}12.5\
            {146x30}171{6x30}
            """,
            [
                "DT_SIZE": ["{x03}"],
                "NUMBER_DT": ["{x00000002}"],
                "DT": ["{x010000}", "{x010001}"],
                "MAX_GSD": ["0000000012.5"],
                "CLOUD_COVER": ["017"],
                "ROLLING_SHUTTER_FLAG": ["1"],
                "UE_TIME_FLAG": ["0"],
            ]),
        Misread(
            "CSWRPB", "FL_WARP stands before the offsets, the length of the reserved part behind the coefficients.",
            """
            1F112.5{12x30}11{47x30}182112+1.{14x30}E+00+2.{14x30}E+00+3.{14x30}E+00-4.{14x30}E+{6x30}3abc
            """,
            [
                "FL_WARP": ["12.50000000"],
                "OFFSET_LINE": ["0000011"],
                "SCALE_SAMP_UNWRP": ["0000018"],
                "A": ["+1.00000000000000E+00", "+2.00000000000000E+00"],
                "B": ["+3.00000000000000E+00", "-4.00000000000000E+00"],
                "RESERVED_LEN": ["00003"],
                "RESERVED": ["abc"],
            ]),
        Misread(
            "ENGRDA", "ENGDATC counts elements of ENGDTS bytes.",
            """
            SENSOR{14}00203abc00020001R4NA{7x30}2?{xc00000c0000000}02de00020001I2NA{7x30}2{x00070008}
            """,
            [
                "ENGLBL": ["abc", "de"],
                "ENGDTS": ["4", "2"],
                "ENGDATC": ["00000002", "00000002"],
                "ENGDATA": ["{x3fc00000c0000000}", "{x00070008}"],
            ]),
        Misread(
            "ILLUMB", "The sets of illumination are fields, in the order of the bits.",
            """
            0001um{38}0.45{12}0.52{12}01VENUS{35}1clear{155}WGE{81}WE{85}{xf40700}RADIANCE{32}W{39}00120190507120005+43.6432\
            67-079.3871{16x30}123.4+45.5231.5-12.5+120.5001.5+02.50.98765+1.234567890E+01M+2.345678901E+01C+3.456789012E+01+\
            4.567890123E+01
            """,
            [
                "NUM_ILLUM_SETS": ["001"],
                "DATETIME": ["20190507120005"],
                "SUN_ELEV": ["+45.5"],
                "MOON_AZIMUTH": ["231.5"],
                "MOON_PHASE_ANGLE": ["+120.5"],
                "OTHER_ELEV": ["+02.5"],
                "SOL_LUN_DIST_ADJUST": ["0.98765"],
                "TOT_SUNMOON_ILLUM": ["+1.234567890E+01"],
                "OTHER_ILLUM": ["+2.345678901E+01"],
                "ART_ILLUM_MAX": ["+4.567890123E+01"],
            ]),
        Misread(
            "IOMAPA", "MAP_SELECT 0 has S2_METHOD0 only.",
            """
            002011
            """,
            [
                "BAND_NUMBER": ["002"],
                "S2_METHOD0": ["11"],
                "TABLE_ID": [],
            ]),
        Misread(
            "IOMAPA", "TABLE_ID has two digits, and all 4096 values are there.",
            """
            0021070304{8192x00}
            """,
            [
                "TABLE_ID": ["07"],
                "S1": ["03"],
                "S2": ["04"],
            ]),
        Misread(
            "IOMAPA", "R_WHOLE follows S2.",
            """
            0022070304123128
            """,
            [
                "TABLE_ID": ["07"],
                "S2": ["04"],
                "R_WHOLE": ["123"],
                "R_FRACTION": ["128"],
            ]),
        Misread(
            "IOMAPA", "There are three segments whatever NO_OF_SEGMENTS says.",
            """
            0023070304210242048?{xc0}{66x00}{xc0} {x0000}
            """,
            [
                "TABLE_ID": ["07"],
                "S2": ["04"],
                "NO_OF_SEGMENTS": ["2"],
                "XOB_1": ["1024"],
                "XOB_2": ["2048"],
                "OUT_B0_1": ["{x3fc00000}"],
                "OUT_B5_3": ["{xc0200000}"],
            ]),
        Misread(
            "J2KLRA", "ORIG 5 has the fields of a parsed stream, too.",
            """
            5050000300100000.0312500400001001
            """,
            [
                "LAYER_ID": ["000"],
                "NLEVELS_I": ["04"],
                "NBANDS_I": ["00001"],
                "NLAYERS_I": ["001"],
            ]),
        Misread(
            "MAPLOB", "Its fields are not those of GEOLOB.",
            """
            M  0001000020+00000500000.50+00004{6x30}.00
            """,
            [
                "UNILOA": ["M"],
                "LOD": ["00010"],
                "LAD": ["00020"],
                "LSO": ["+00000500000.50"],
                "PSO": ["+00004000000.00"],
            ]),
        Misread(
            "MTIMSA", "DT has the size that the file gives it.",
            """
            00199layer{31}002camera{30}000003004+2.500000E+01{8x30}520190507120005.{9x30}{6x00}\
            {x03e802000000030000000201029c}@
            """,
            [
                "BASE_TIMESTAMP": ["20190507120005.000000000"],
                "DT_MULTIPLIER": ["{x00000000000003e8}"],
                "DT_SIZE": ["{x02}"],
                "NUMBER_FRAMES": ["{x00000003}"],
                "NUMBER_DT": ["{x00000002}"],
                "DT": ["{x0102}", "{x9c40}"],
            ]),
        Misread(
            "MTIRPB", "SQUINT_ANGLE has six characters, not five.",
            """
              0010000{20}+43.643267-079.387100012000f123L-12.500.12345001+43.6432670-079.3871000012.50-01203405607T
            """,
            [
                "SQUINT_ANGLE": ["-12.50"],
                "COSGRZ": ["0.12345"],
                "TGT_LOC": ["+43.6432670-079.3871000"],
                "TGT_CAT": ["T"],
            ]),
        Misread(
            "PIAIMC", "SATTRACK is one field.",
            """
            012{286}00 MISSION{34}0   0012.50{10}01230456
            """,
            [
                "MEANGSD": ["0012.50"],
                "SATTRACK": ["01230456"],
            ]),
        Misread(
            "PIXMTA", "RESERVED_LEN tells of bytes behind the metrics.",
            """
            002003004+1.{7x30}E+00+2.{7x30}E+00+3.{7x30}E+00+4.{7x30}E+00I00001Pquality{33}none{36}P2+1.5{7x30}E+00-2.5\
            {7x30}E+{6x30}2zz
            """,
            [
                "AISDLVL": ["003", "004"],
                "SCALE_Y": ["+4.0000000E+00"],
                "DESCRIPTION": ["quality"],
                "COEF": ["+1.50000000E+00", "-2.50000000E+00"],
                "RESERVED_LEN": ["00002"],
                "RESERVED": ["zz"],
            ]),
        Misread(
            "PIXMTA", "ALL has no levels.",
            """
            ALL+1.{7x30}E+{30x30}+4.{7x30}E+00 00001 quality{73}D00000
            """,
            [
                "NUMAIS": ["ALL"],
                "AISDLVL": [],
                "ORIGIN_X": ["+1.0000000E+00"],
                "SCALE_Y": ["+4.0000000E+00"],
                "DESCRIPTION": ["quality"],
                "RESERVED_LEN": ["00000"],
                "RESERVED": [],
            ]),
        Misread(
            "PRJPSB", "XOR and YOR stand behind the parameters.",
            """
            Transverse Mercator{61}TC3+{10x30}3.00+{8x30}.99960+{11x30}.{11x30}5{19x30}7
            """,
            [
                "PCO": ["TC"],
                "NUM_PRJ": ["3"],
                "PRJ": ["+00000000003.00", "+00000000.99960", "+00000000000.00"],
                "XOR": ["000000000500000"],
                "YOR": ["000000000000007"],
            ]),
        Misread(
            "RSMAPA", "The indices of ground parameters end with GZZ.",
            """
            image{75}edition{33}tid{37}02+1.{14x30}E+{274x30}1{25x30}200  +3.{14x30}E+00-4.{14x30}E+00
            """,
            [
                "GXO": ["01"],
                "GZX": ["02"],
                "GZZ": [""],
                "PARVAL": ["+3.00000000000000E+00", "-4.00000000000000E+00"],
            ]),
        Misread(
            "RSMAPB", "With a basis, NBASIS and a matrix of NPAR rows follow.",
            """
            image{155}02GN+1.{14x30}E+{107x30}Y03OFFXOFFYOFFZ02+1.{14x30}E+00+2.{14x30}E+00+3.{14x30}E+00+4.{14x30}E+00+5.\
            {14x30}E+00-6.{14x30}E+00
            """,
            [
                "GSAPID": ["OFFX", "OFFY", "OFFZ"],
                "NBASIS": ["02"],
                "AEL": ["+1.00000000000000E+00", "+2.00000000000000E+00", "+3.00000000000000E+00", "+4.00000000000000E+00"],
                "PARVAL": ["+5.00000000000000E+00", "-6.00000000000000E+00"],
            ]),
        Misread(
            "RSMDCB", "Local coordinates and indices stand before the covariances.",
            """
            image{75}edition{33}tid{37}01001other{75}02Y02IR+1.{14x30}E+{107x30}+2.{14x30}E+{212x30}+3.{14x30}E+00N020112301\
            321+8.{14x30}E+00-9.{14x30}E+00
            """,
            [
                "XUOL": ["+2.00000000000000E+00"],
                "ZUZL": ["+3.00000000000000E+00"],
                "APBASE": ["N"],
                "NISAP": ["02"],
                "ZPWRC": ["1"],
                "CRSCOV": ["+8.00000000000000E+00", "-9.00000000000000E+00"],
            ]),
        Misread(
            "RSMECB", "Local coordinates, the basis and the analytic functions are fields.",
            """
            image{155}YY01012019050701GR{126x30}+1.{14x30}E+{212x30}+1.{14x30}E+00Y01OFFX01+2.{14x30}E+0001+3.{14x30}E+001Y+\
            4.{14x30}E+00+5.{14x30}E-01+6.{14x30}E+00+7.{14x30}E+00+8.{14x30}E+00+9.{14x30}E+00+1.{14x30}E+01+1.1{13x30}E+01\
            Y+2.5{13x30}E-01{42x30}+1.3{13x30}E+01+5.{14x30}E-01{42x30}+1.5{13x30}E+01
            """,
            [
                "ZUZL": ["+1.00000000000000E+00"],
                "NBASIS": ["01"],
                "AEL": ["+2.00000000000000E+00"],
                "ERRCVG": ["+3.00000000000000E+00"],
                "ACSMC": ["Y"],
                "TC": ["+7.00000000000000E+00"],
                "MAP": ["+8.00000000000000E+00"],
                "UCC": ["+1.10000000000000E+01"],
                "UACSMC": ["Y"],
                "UACR": ["+2.50000000000000E-01"],
                "UTCC": ["+1.50000000000000E+01"],
            ]),
        Misread(
            "RSMGGA", "The offsets of all planes but the first stand before the planes.",
            """
            image{115}001001{42x30}1003+1.{14x30}E+{126x30}30411+001+003-002-00400200110102011020202001001103020300100110402\
            04
            """,
            [
                "IXO": ["+001", "-002"],
                "IYO": ["+003", "-004"],
                "NXPTS": ["002", "001", "001"],
                "NYPTS": ["001", "001", "001"],
                "RCOORD": ["101", "102", "103", "104"],
                "CCOORD": ["0201", "0202", "0203", "0204"],
            ]),
        Misread(
            "SNSPSB", "NUM_PTS has three digits, not two.",
            """
            0101002-000079.3871000+000043.6432670-000079.3872000+000043.6432680011    0045000520M  0001.5{18x30}{12}PLAT{21}\
            sensor    19990102030405    DEG012.345{6}{20x30}DEG123.456045.678{13}001aux{17}I{7}{8x30}42
            """,
            [
                "NUM_PTS": ["002"],
                "LAT": ["+000043.6432670", "+000043.6432680"],
                "SID": ["sensor"],
                "ACT": ["19990102030405"],
                "NOA": ["012.345"],
                "SEL": ["045.678"],
                "APN": ["0000000042"],
            ]),
    ]
}
