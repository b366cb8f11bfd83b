import ImageryPrimitives
import Testing

@Suite struct CalendarTimeTests {
    /// Seconds and dates of `date -u -d @SECONDS`.
    @Test func datesOfSeconds() throws {
        let dates: [(Int, [Int])] = [
            (0, [1970, 1, 1, 0, 0, 0]), (951_782_400, [2000, 2, 29, 0, 0, 0]), (1_709_164_799, [2024, 2, 28, 23, 59, 59]),
            (4_107_542_399, [2100, 2, 28, 23, 59, 59]), (4_107_542_400, [2100, 3, 1, 0, 0, 0]), (-1, [1969, 12, 31, 23, 59, 59]),
            (-2_203_891_200, [1900, 3, 1, 0, 0, 0]),
        ]
        for (seconds, fields) in dates {
            let time = try #require(CalendarTime(secondsSince1970: seconds))
            #expect([time.year, time.month, time.day, time.hour, time.minute, time.second] == fields)
        }
        #expect(CalendarTime(secondsSince1970: .max) == nil)
        #expect(CalendarTime(secondsSince1970: .min) == nil)
    }
}
