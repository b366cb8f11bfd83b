/// The form in which a title or a description stands among the comments of a format that has no field for it: `Title: Harbour`.
///
/// A comment of another program is no title.
public enum TitleComment: String, Sendable {
    case title = "Title: "
    case description = "Description: "

    /// A comment longer than that is not looked at.
    public static let longest = 1 << 12

    /// The first text that a comment gives; empty when there is none.
    public func text(in comments: some Sequence<String>) -> String {
        for comment in comments where comment.hasPrefix(rawValue) { return String(comment.dropFirst(rawValue.count)) }
        return ""
    }
}
