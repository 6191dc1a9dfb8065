//! `students.csv`: who is in which photo. Comma-separated, UTF-8, quoted where need be; the first line names the columns,
//! in any order. `file` is a must; `name`, `id_number`, `student_no`, `email` may be absent, and so may when the photo was
//! handed in: `submitted_at` (such as 2026-11-24T10:00:00+08:00) or `submitted_hours_ago`.

use crate::storage::students::Person;
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::BTreeMap;

pub(super) const FILE: &str = "students.csv";

pub(super) struct Row {
    pub person: Person,
    pub submitted_at: DateTime<Utc>,
}

/// A line counts from 1, the header; the words hold nothing personal.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StudentsError {
    #[error("the text is not UTF-8; save it as \"CSV UTF-8\"")]
    NotUtf8,
    #[error("the first line must name a column \"file\"")]
    NoFileColumn,
    #[error("line {0}: a quote is not closed or stands in the middle of a field")]
    Quote(usize),
    #[error("line {line}: {got} fields where the first line has {want}")]
    Fields { line: usize, got: usize, want: usize },
    #[error("line {0}: the file is empty or was named before")]
    File(usize),
    #[error("line {0}: the time can't be read")]
    Time(usize),
}

pub(super) fn read(bytes: &[u8], now: DateTime<Utc>) -> Result<BTreeMap<String, Row>, StudentsError> {
    let text = std::str::from_utf8(bytes).map_err(|_| StudentsError::NotUtf8)?;
    // a spreadsheet program's byte order mark
    let mut records = records(text.trim_start_matches('\u{feff}'))?.into_iter();
    let (_, header) = records.next().ok_or(StudentsError::NoFileColumn)?;
    let column = |name: &str| header.iter().position(|field| field.trim() == name);
    let file = column("file").ok_or(StudentsError::NoFileColumn)?;
    let (name, id_number) = (column("name"), column("id_number"));
    let (student_no, email) = (column("student_no"), column("email"));
    let (submitted_at, hours_ago) = (column("submitted_at"), column("submitted_hours_ago"));

    let mut rows = BTreeMap::new();
    for (line, fields) in records {
        if fields.len() != header.len() {
            return Err(StudentsError::Fields {
                line,
                got: fields.len(),
                want: header.len(),
            });
        }
        let field = |at: Option<usize>| {
            at.and_then(|at| fields.get(at))
                .map_or("", |text| text.trim())
                .to_owned()
        };
        let submitted_at = match (field(submitted_at).as_str(), field(hours_ago).as_str()) {
            ("", "") => now,
            ("", hours) => ago(hours, now).ok_or(StudentsError::Time(line))?,
            (time, _) => DateTime::parse_from_rfc3339(time)
                .map_err(|_| StudentsError::Time(line))?
                .to_utc(),
        };
        let person = Person {
            name: field(name),
            id_number: field(id_number),
            student_no: field(student_no),
            email: field(email),
        };
        let file = field(Some(file));
        if file.is_empty() || rows.insert(file, Row { person, submitted_at }).is_some() {
            return Err(StudentsError::File(line));
        }
    }
    Ok(rows)
}

fn ago(hours: &str, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let hours: f64 = hours.parse().ok()?;
    // ten years: anything longer is a slip
    let seconds = (0.0..=87_600.0).contains(&hours).then_some(hours * 3600.0)?;
    now.checked_sub_signed(TimeDelta::seconds(seconds.round() as i64))
}

/// The records with the line each begins at; empty lines are left out.
fn records(text: &str) -> Result<Vec<(usize, Vec<String>)>, StudentsError> {
    let mut records = Vec::new();
    let mut record = Vec::new();
    let mut field = String::new();
    let (mut line, mut began) = (1, 1);
    let mut chars = text.chars().peekable();
    loop {
        let next = chars.next();
        match next {
            Some('"') if field.is_empty() => {
                loop {
                    match chars.next() {
                        Some('"') if chars.next_if_eq(&'"').is_some() => field.push('"'),
                        Some('"') => break,
                        Some(char) => {
                            line += usize::from(char == '\n');
                            field.push(char);
                        }
                        None => return Err(StudentsError::Quote(began)),
                    }
                }
                if !matches!(chars.peek(), None | Some(',' | '\n' | '\r')) {
                    return Err(StudentsError::Quote(began));
                }
            }
            Some('"') => return Err(StudentsError::Quote(began)),
            Some(',') => record.push(std::mem::take(&mut field)),
            Some('\r') if chars.peek() == Some(&'\n') => {}
            Some('\n') | None => {
                if !(record.is_empty() && field.is_empty()) {
                    record.push(std::mem::take(&mut field));
                    records.push((began, std::mem::take(&mut record)));
                }
                line += 1;
                began = line;
                if next.is_none() {
                    return Ok(records);
                }
            }
            Some(char) => field.push(char),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-11-24T02:00:00Z".parse().unwrap()
    }

    fn flaw(text: &str) -> StudentsError {
        read(text.as_bytes(), now()).map(|rows| rows.len()).unwrap_err()
    }

    #[test]
    fn columns_come_in_any_order_and_quotes_hold_anything() {
        let text = "\u{feff}name,file,submitted_hours_ago,submitted_at,truth\r\n\
                    \"鲍, \"\"奕辰\"\"\",1.jpg,1.5,,x\r\n\r\n刘碧,2.jpg,,2026-11-23T09:00:00+08:00,\n\"欧\n阳\",3.jpg,,,";
        let rows = read(text.as_bytes(), now()).unwrap();
        assert_eq!(rows["1.jpg"].person.name, "鲍, \"奕辰\"");
        assert_eq!(rows["1.jpg"].submitted_at, now() - TimeDelta::minutes(90));
        assert_eq!(rows["2.jpg"].submitted_at.to_rfc3339(), "2026-11-23T01:00:00+00:00");
        assert_eq!(
            (rows["3.jpg"].person.name.as_str(), rows["3.jpg"].submitted_at),
            ("欧\n阳", now())
        );
    }

    #[test]
    fn a_flaw_is_named_with_its_line() {
        assert_eq!(flaw(""), StudentsError::NoFileColumn);
        assert_eq!(flaw("name\n鲍"), StudentsError::NoFileColumn);
        assert_eq!(read(b"file\n\xc1\xf5.jpg", now()).err(), Some(StudentsError::NotUtf8));
        assert_eq!(flaw("file,name\n1.jpg,\"a"), StudentsError::Quote(2));
        assert_eq!(flaw("file,name\n1.jpg,a\"b\""), StudentsError::Quote(2));
        assert_eq!(flaw("file,name\n1.jpg,\"a\"b"), StudentsError::Quote(2));
        assert_eq!(
            flaw("file,name\n1.jpg\n"),
            StudentsError::Fields {
                line: 2,
                got: 1,
                want: 2
            }
        );
        assert_eq!(flaw("file\n1.jpg\n1.jpg"), StudentsError::File(3));
        assert_eq!(flaw("file,submitted_at\n1.jpg,yesterday"), StudentsError::Time(2));
        for hours in ["-1", "NaN", "inf", "1e9", "soon"] {
            assert_eq!(
                flaw(&format!("file,submitted_hours_ago\n1.jpg,{hours}")),
                StudentsError::Time(2),
                "{hours}"
            );
        }
    }
}
