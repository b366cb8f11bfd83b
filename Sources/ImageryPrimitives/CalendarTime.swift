/// A moment in the Gregorian calendar, in universal time, as file formats write it.
public struct CalendarTime: Hashable, Sendable {
    /// Years from 0, months and days from 1, hours from 0 to 23, minutes and seconds from 0 to 59.
    public var year, month, day, hour, minute, second: Int

    /// The moment `seconds` after 1970-01-01 00:00:00; nil outside the years 0 to 9999.
    public init?(secondsSince1970 seconds: Int) {
        guard (-62_167_219_200...253_402_300_799).contains(seconds) else { return nil }
        let days = (seconds >= 0 ? seconds : seconds - 86_399) / 86_400
        let rest = seconds - days * 86_400
        // Days are counted from March 1st of year 0, so that leap days come last in their year; 146,097 days are 400 years.
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        hour = rest / 3_600
        minute = rest / 60 % 60
        second = rest % 60
    }

    /// True when the calendar has such a day.
    public static func isDay(_ day: Int, month: Int, year: Int) -> Bool {
        guard (1...12).contains(month) else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return (1...[31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]).contains(day)
    }
}
