//! Table `students`. Personal data.

use super::{Connection, StorageError, id};
use domain::{BatchCode, StudentId};
use sqlx::{query, query_scalar};

/// What a batch knows about a person. Without `Debug`: it can't reach a log.
pub struct Person {
    pub name: String,
    pub id_number: String,
    pub student_no: String,
    pub email: String,
}

/// The student of that batch with the same ID number or, where there is none, the same student number.
pub async fn find(
    conn: &mut Connection,
    batch: &BatchCode,
    person: &Person,
) -> Result<Option<StudentId>, StorageError> {
    let found: Option<String> = query_scalar(
        "select id from students where batch = $1 \
         and ((id_number <> '' and id_number = $2) or (id_number = '' and student_no <> '' and student_no = $3)) limit 1",
    )
    .bind(batch.0.as_str())
    .bind(person.id_number.as_str())
    .bind(person.student_no.as_str())
    .fetch_optional(conn)
    .await?;
    found.map(|text| id(&text)).transpose()
}

pub async fn add(
    conn: &mut Connection,
    student: StudentId,
    batch: &BatchCode,
    person: &Person,
) -> Result<(), StorageError> {
    query("insert into students (id, batch, name, id_number, student_no, email) values ($1, $2, $3, $4, $5, $6)")
        .bind(student.to_string())
        .bind(batch.0.as_str())
        .bind(person.name.as_str())
        .bind(person.id_number.as_str())
        .bind(person.student_no.as_str())
        .bind(person.email.as_str())
        .execute(conn)
        .await?;
    Ok(())
}
