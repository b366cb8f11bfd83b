// Raster product format (MIL-STD-2411).

extension ExtensionTables {
    static let rasterProduct: [ExtensionLayout] = [
        ExtensionLayout(
            "RPFDES", "RPF components that are no image data", "MIL-STD-2411, 2411-2",
            """
            COMPONENTS remaining b
            """),
        ExtensionLayout(
            "RPFIMG", "RPF frame image data: location section and the components in it", "MIL-STD-2411, 2411-2",
            """
            LOCATION_SECTION_LENGTH 2 u
            COMPONENT_LOCATION_TABLE_OFFSET 4 u ; from the first byte of CEDATA; 14
            NUMBER_OF_COMPONENT_LOCATION_RECORDS 2 u
            COMPONENT_LOCATION_RECORD_LENGTH 2 u ; 10
            COMPONENT_AGGREGATE_LENGTH 4 u
            COMPONENT * NUMBER_OF_COMPONENT_LOCATION_RECORDS
                COMPONENT_ID 2 u
                COMPONENT_LENGTH 4 u
                COMPONENT_LOCATION 4 u ; file position
            end
            COMPONENTS remaining b
            """),
    ]
}
