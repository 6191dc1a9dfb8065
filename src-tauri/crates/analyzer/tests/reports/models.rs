//! The model files: each missing, altered or unreadable one is named together with the cure.

use std::{fs, io};

use analyzer::{ModelError, Models};

use super::models_folder;

fn read(name: &str) -> io::Result<Vec<u8>> {
    fs::read(models_folder().join(name))
}

#[test]
fn a_missing_file_is_named_with_the_cure() {
    for missing in Models::FILES {
        let outcome = Models::from_files(|name| {
            if name == missing {
                Err(io::ErrorKind::NotFound.into())
            } else {
                read(name)
            }
        });
        let Err(error) = outcome else {
            panic!("{missing} was not missed")
        };
        assert!(
            matches!(&error, ModelError::Missing { name } if name == missing),
            "{error}"
        );
        assert!(
            error.to_string().contains(missing) && error.to_string().contains("make models"),
            "{error}"
        );
    }
}

#[test]
fn one_flipped_bit_is_found() {
    for altered in Models::FILES {
        let outcome = Models::from_files(|name| {
            let mut bytes = read(name)?;
            if name == altered {
                let middle = bytes.len() / 2;
                bytes[middle] ^= 1;
            }
            Ok(bytes)
        });
        let Err(error) = outcome else {
            panic!("{altered} was taken")
        };
        assert!(
            matches!(&error, ModelError::Altered { name } if name == altered),
            "{error}"
        );
    }
}

#[test]
fn an_unreadable_file_is_not_called_missing() {
    let outcome = Models::from_files(|_| Err(io::ErrorKind::PermissionDenied.into()));
    assert!(matches!(outcome, Err(ModelError::Unreadable { .. })));
}
