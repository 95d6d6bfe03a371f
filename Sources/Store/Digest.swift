import COpenSSL

/// SHA-256 (FIPS 180-4) through OpenSSL.
public enum SHA256 {
    /// The digest of some bytes in lower-case hexadecimal, 64 characters.
    ///
    /// - Throws: `StoreError.digest` when OpenSSL cannot give one, which means that its installation is broken.
    public static func hexadecimal(_ bytes: [UInt8]) throws(StoreError) -> String {
        var digest = [UInt8](repeating: 0, count: 32)
        var length: UInt32 = 0
        let status = EVP_Digest(bytes, bytes.count, &digest, &length, EVP_sha256(), nil)
        guard status == 1, length == 32 else { throw .digest }
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(64)
        for byte in digest {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
