//! The program that made a file, out of its XMP packet: found by its name, since no more of the packet matters.

/// Longer names are cut.
const NAME_MAX: usize = 60;

/// `CreatorTool`, as an attribute or as an element.
pub fn creator_tool(packet: &[u8]) -> Option<String> {
    const NAME: &[u8] = b"CreatorTool";
    let at = packet.windows(NAME.len()).position(|window| window == NAME)?;
    let rest = packet.get(at + NAME.len()..)?;
    let (open, close) = match rest.first()? {
        b'>' => (1, b'<'),
        b'=' => (2, *rest.get(1)?),
        _ => return None,
    };
    let text = rest.get(open..)?;
    let end = text.iter().position(|byte| *byte == close)?;
    Some(String::from_utf8_lossy(&text[..end]).chars().take(NAME_MAX).collect())
}
