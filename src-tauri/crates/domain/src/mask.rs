//! How personal data is shown by default: enough to tell people apart, not enough to know them.

/// `鲍奕辰` → `鲍*辰`, `刘碧` → `刘*`, `欧阳娜娜` → `欧**娜`, `Ada Lovelace` → `A**********e`.
/// At least one character is always hidden.
pub fn mask_name(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    match chars.as_slice() {
        [] => String::new(),
        [_] => "*".to_owned(),
        [first, _] => format!("{first}*"),
        [first, middle @ .., last] => format!("{first}{}{last}", "*".repeat(middle.len())),
    }
}

/// `990101200301012345` → `99**************45`: the first and the last two characters stay, where there are more than
/// four; else everything is hidden.
pub fn mask_id_number(id_number: &str) -> String {
    let chars: Vec<char> = id_number.chars().collect();
    match chars.as_slice() {
        [a, b, middle @ .., y, z] if !middle.is_empty() => format!("{a}{b}{}{y}{z}", "*".repeat(middle.len())),
        short => "*".repeat(short.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_their_ends_and_hide_at_least_one_character() {
        for (name, masked) in [
            ("鲍奕辰", "鲍*辰"),
            ("刘碧", "刘*"),
            ("李", "*"),
            ("", ""),
            ("欧阳娜娜", "欧**娜"),
            ("Ada L", "A***L"),
        ] {
            assert_eq!(mask_name(name), masked);
        }
    }

    #[test]
    fn id_numbers_keep_two_characters_at_each_end() {
        assert_eq!(mask_id_number("990101200301012345"), "99**************45");
        assert_eq!(mask_id_number("1234"), "****");
        assert_eq!(mask_id_number("12345"), "12*45");
    }
}
