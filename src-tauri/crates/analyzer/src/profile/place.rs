//! Where in a profile's text something stands: the line and the field that an error names.

/// Line of a byte, from 1.
pub fn line_of(text: &str, offset: usize) -> usize {
    1 + text.bytes().take(offset).filter(|byte| *byte == b'\n').count()
}

/// The field that holds a line, as `section.key`; the section alone where its head stands there.
pub fn field_at(text: &str, line: usize) -> String {
    let (mut section, mut field) = (String::new(), String::new());
    for row in text.lines().take(line) {
        if let Some(name) = row.strip_prefix('[').and_then(|rest| rest.split(']').next()) {
            section = name.to_owned();
            field.clone_from(&section);
        } else if let Some(key) = key(row) {
            field = joined(&section, key);
        }
    }
    field
}

/// The line in which `field` begins; the first where it stands nowhere.
pub fn line_of_field(text: &str, field: &str) -> usize {
    (1..=text.lines().count())
        .find(|line| field_at(text, *line) == field)
        .unwrap_or(1)
}

fn joined(section: &str, key: &str) -> String {
    if section.is_empty() {
        key.to_owned()
    } else {
        format!("{section}.{key}")
    }
}

/// The key that a row starts with. Rows inside an array or a table of one row are set in, and start with none.
fn key(row: &str) -> Option<&str> {
    let (key, _) = row.split_once('=')?;
    let key = key.trim_end();
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    (!key.is_empty() && key.chars().all(is_name)).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_belongs_to_the_field_that_began_last() {
        let text = "code = \"a\"\n\n[file]\n# = no key\nformats = [\n    \"JPEG\",\n]\nbytes_min = 1\n";
        let fields: Vec<_> = (1..=8).map(|line| field_at(text, line)).collect();
        assert_eq!(
            fields,
            [
                "code",
                "code",
                "file",
                "file",
                "file.formats",
                "file.formats",
                "file.formats",
                "file.bytes_min"
            ]
        );
        assert_eq!(line_of_field(text, "file.formats"), 5);
        assert_eq!(line_of_field(text, "file.absent"), 1);
    }
}
