/// Who a request comes from.
///
/// Every request has one, and what it creates belongs to it. Until there are tokens there is a single user.
public struct Identity: Sendable, Equatable {
    /// The name under which its sessions are stored.
    public let owner: String

    /// The only user of a server without tokens.
    public static let local = Identity(owner: "local")
}
