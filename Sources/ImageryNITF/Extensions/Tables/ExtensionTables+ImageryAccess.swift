// Profile for imagery access (STDI-0002 Volume 1, Appendix C).

extension ExtensionTables {
    static let imageryAccess: [ExtensionLayout] = [
        ExtensionLayout(
            "PIAEQA", "Profile for Imagery Access Equipment", "STDI-0002 Volume 1, Appendix C - PIAE",
            """
            EQPCODE 7 a ; Equipment Code
            EQPNOMEN 45 a ; Equipment Nomenclature
            EQPMAN 64 a ; Equipment Manufacturer
            OBTYPE 1 a ; OB Type
            ORDBAT 3 a ; Type Order of Battle
            CTRYPROD 2 a ; Country Produced
            CTRYDSN 2 a ; Country Code Designed
            OBJVIEW 6 a ; Object View
            """),
        ExtensionLayout(
            "PIAEVA", "Profile for Imagery Access Event", "STDI-0002 Volume 1, Appendix C - PIAE",
            """
            EVENTNAME 38 a ; Event Name
            EVENTTYPE 8 a ; Event Type
            """),
        ExtensionLayout(
            "PIAIMB", "Profile for Imagery Access (Version B)", "STDI-0002 Volume 1, Appendix C - PIAE",
            """
            CLOUDCVR 3 a int ; Cloud Cover
            SRP 1 a ; Standard Radiometric?
            SENSMODE 12 a ; Sensor Mode
            SENSNAME 18 a ; Sensor Name
            SOURCE 255 a ; Source
            COMGEN 2 a int ; Compression Generation
            SUBQUAL 1 a ; Subjective Quality
            PIAMSNNUM 7 a ; PIA Mission Number
            CAMSPECS 32 a ; Camera Specs
            PROJID 2 a ; Project ID Code
            GENERATION 1 a int ; Generation
            ESD 1 a ; Exploitation Support
            OTHERCOND 2 a ; Other Conditions
            """),
        ExtensionLayout(
            "PIAIMC", "Profile for Imagery Access Image", "STDI-0002 Volume 1, Appendix C - PIAE",
            """
            CLOUDCVR 3 n int ; Cloud Cover
            SRP 1 a ; Standard Radiometric Product
            SENSMODE 12 a ; Sensor Mode
            SENSNAME 18 a ; Sensor Name
            SOURCE 255 a ; Source
            COMGEN 2 n int ; Compression Generation
            SUBQUAL 1 a ; Subjective Quality
            PIAMSNNUM 7 a ; PIA Mission Number
            CAMSPECS 32 a ; Camera Specs
            PROJID 2 a ; Project ID Code
            GENERATION 1 n int ; Generation
            ESD 1 a ; Exploitation Support Data
            OTHERCOND 2 a ; Other Conditions
            MEANGSD 7 n real ; Mean GSD
            IDATUM 3 a ; Image Datum
            IELLIP 3 a ; Image Ellipsoid
            PREPROC 2 a ; Image Processing Level
            IPROJ 2 a ; Image Projection System
            SATTRACK 8 n ; Satellite Track
            """),
        ExtensionLayout(
            "PIAPEA", "Profile for Imagery Access Person", "STDI-0002 Volume 1, Appendix C - PIAE",
            """
            LASTNME 28 a ; Last Name
            FIRSTNME 28 a ; First Name
            MIDNME 28 a ; Middle Name
            DOB 6 a ; Birth Date
            ASSOCTRY 2 a ; Associated Country
            """),
        ExtensionLayout(
            "PIAPEB", "Profile for Imagery Access Person", "STDI-0002 Volume 1, Appendix C - PIAE",
            """
            LASTNME 28 a ; Last Name
            FIRSTNME 28 a ; First Name
            MIDNME 28 a ; Middle Name
            DOB 8 a ; Birth Date
            ASSOCTRY 2 a ; Associated Country
            """),
        ExtensionLayout(
            "PIAPRC", "Profile for Imagery Access Product (Version C)", "STDI-0002 Volume 1, Appendix C - PIAE",
            """
            ACCESSID 64 a ; Access ID
            FMCONTROL 32 a ; FM Control Number
            SUBDET 1 a ; Subjective Detail
            PRODCODE 2 a ; Product Code
            PRODUCERSE 6 a ; Producer Subelement
            PRODIDNO 20 a ; Product ID Number
            PRODSNME 10 a ; Product Short Name
            PRODUCERCD 2 a ; Producer Code
            PRODCRTIME 14 a ; Product Create Time
            MAPID 40 a ; Map ID
            SECTITLEREP 2 n int 00..99 ; SECTITLE Repetitions
            SECTITLE_ENTRIES * SECTITLEREP
                SECTITLE 40 a
                PPNUM 5 a
                TPP 3 n int 001..999
            end
            REQORGREP 2 n int 00..99 ; REQORG Repetitions
            REQORG_ENTRIES * REQORGREP
                REQORG_ENTRIES 64 a ; Requesting Organization
            end
            KEYWORDREP 2 n int 00..99 ; KEYWORD Repetitions
            KEYWORD_ENTRIES * KEYWORDREP
                KEYWORD_ENTRIES 255 a ; KEYWORD
            end
            ASSRPTREP 2 n int 00..99 ; ASSRPT Repetitions
            ASSRPT_ENTRIES * ASSRPTREP
                ASSRPT_ENTRIES 20 a ; ASSRPT
            end
            ATEXTREP 2 n int 00..99 ; ATEXT Repetitions
            ATEXT_ENTRIES * ATEXTREP
                ATEXT_ENTRIES 255 a ; ATEXT
            end
            """),
        ExtensionLayout(
            "PIAPRD", "Profile for Imagery Access Product", "STDI-0002 Volume 1, Appendix C - PIAE",
            """
            ACCESSID 64 a ; Access ID
            FMCONTROL 32 a ; FM Control Number
            SUBDET 1 a ; Subjective Detail
            PRODCODE 2 a ; Product Code
            PRODUCERSE 6 a ; Producer Subelement
            PRODIDNO 20 a ; Product ID Number
            PRODSNME 10 a ; Product Short Name
            PRODUCERCD 2 a ; Producer Code
            PRODCRTIME 14 a ; Product Create Time
            MAPID 40 a ; Map ID
            SECTITLEREP 2 n int 0..99 ; SECTITLE Repetitions
            SECTITLE_ENTRIES * SECTITLEREP
                SECTITLE 40 a ; Section Title
                PPNUM 5 a ; Page/Part Number
                TPP 3 n int 1..999 ; Total Pages/Parts
            end
            REQORGREP 2 n int 0..99 ; REQORG Repetitions
            REQORG_ENTRIES * REQORGREP
                REQORG_ENTRIES 64 a ; Requesting Organization
            end
            KEYWORDREP 2 n int 0..99 ; Keyword Repetitions
            KEYWORD_ENTRIES * KEYWORDREP
                KEYWORD_ENTRIES 255 a ; Keyword
            end
            ASSRPTREP 2 n int 0..99 ; ASSRPT Repetitions
            ASSRPT_ENTRIES * ASSRPTREP
                ASSRPT_ENTRIES 20 a ; Associated Report
            end
            ATEXTREP 2 n int 0..99 ; Assoc. Text Repetitions
            ATEXT_ENTRIES * ATEXTREP
                ATEXT_ENTRIES 255 a ; Associated Text
            end
            """),
        ExtensionLayout(
            "PIATGB", "Profile for Imagery Access Target", "STDI-0002 Volume 1, Appendix C - PIAE",
            """
            TGTUTM 15 a ; Target UTM
            PIATGAID 15 a ; Target Identification
            PIACTRY 2 a ; Country Code
            PIACAT 5 n ; Category Code
            TGTGEO 15 a ; Target Geographic Coordinates
            DATUM 3 a ; Target Coordinate Datum
            TGTNAME 38 a ; Target Name
            PERCOVER 3 n int 0..100 ; Percent Coverage
            TGTLAT 10 n real ; Target Latitude
            TGTLON 11 n real ; Target Longitude
            """),
    ]
}
