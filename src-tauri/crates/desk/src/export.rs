//! Writing the audit file of a span of days.

use crate::view::ExportView;
use crate::{Desk, Error, days};
use audit::{About, BundleWriter, FORMAT, Hash, VERSION, WriteError};
use chrono::{DateTime, NaiveDate, SubsecRound, Utc};
use domain::Role;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::{Store, Stretch};
use tokio::runtime::Handle;
use tokio::task::spawn_blocking;

impl Desk {
    /// Writes everything that happened at this desk from one day to another (Asia/Shanghai, both included) into one file.
    /// A file of that name is replaced when the new one is whole.
    ///
    /// # Errors
    /// [`Error::NotAllowed`] where somebody who is no supervisor asks for what others did too, [`Error::Cancelled`].
    pub async fn export_audit(&self, from: NaiveDate, to: NaiveDate, path: &Path) -> Result<ExportView, Error> {
        let account = self.account()?;
        if account.role != Role::Supervisor {
            let stretch = self.store().stretch(days::span(from, to)).await?;
            if stretch.actors.iter().any(|actor| *actor != account.id) {
                return Err(Error::NotAllowed);
            }
        }
        let under_way = self.begin_long();
        let long = Arc::clone(&under_way.long);
        let span = Span {
            from,
            to,
            exported_at: self.now(),
        };
        write(self.store(), span, path, move |done, all| long.step(done, all)).await
    }
}

/// What is to be written.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub exported_at: DateTime<Utc>,
}

/// As [`Desk::export_audit`], for whoever holds the store itself. `progress` gets entries done and entries in all, and
/// answers whether to go on.
///
/// # Errors
/// [`Error::BadSpan`], [`Error::Cancelled`], or what disk and store say.
pub async fn write(
    store: &Store,
    span: Span,
    path: &Path,
    progress: impl FnMut(u64, u64) -> bool + Send + 'static,
) -> Result<ExportView, Error> {
    if span.from > span.to {
        return Err(Error::BadSpan);
    }
    let stretch = store.stretch(days::span(span.from, span.to)).await?;
    let about = about(store, span, &stretch).await?;
    let (decisions, head) = (stretch.decisions, stretch.head.to_string());
    let part = part_of(path);
    let work = Work {
        store: store.clone(),
        about,
        stretch,
        part: part.clone(),
    };
    // Writing waits for the disk: not on a thread that others wait for.
    let handle = Handle::current();
    let written = spawn_blocking(move || work.write(&handle, progress))
        .await
        .map_err(|_| Error::Internal("writing an audit file stopped"))?;
    let put = written.and_then(|bytes| {
        std::fs::rename(&part, path)
            .map(|()| bytes)
            .map_err(Error::UnwritableFile)
    });
    match put {
        Ok(bytes) => Ok(ExportView {
            path: path.display().to_string(),
            decisions,
            bytes: bytes as f64,
            head,
        }),
        Err(error) => {
            // The half file is of no use; that it can't be removed either is no news.
            let _ = std::fs::remove_file(&part);
            Err(error)
        }
    }
}

async fn about(store: &Store, span: Span, stretch: &Stretch) -> Result<About, Error> {
    let mut people = BTreeMap::new();
    for actor in &stretch.actors {
        if let Some(name) = store.display_name(*actor).await? {
            people.insert(*actor, name);
        }
    }
    let entries = stretch.last + 1 - stretch.first;
    Ok(About {
        format: FORMAT.to_owned(),
        version: VERSION,
        desk: store.desk_name().await?,
        from: span.from,
        to: span.to,
        exported_at: span.exported_at.trunc_subsecs(0),
        anchor: stretch.anchor,
        head: stretch.head,
        entries: u32::try_from(entries).map_err(|_| Error::BadSpan)?,
        decisions: stretch.decisions,
        // The writer fills it in.
        reasons_sha256: Hash::NONE,
        people,
    })
}

/// The file under another name beside it, until it is whole.
fn part_of(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    path.with_file_name(name)
}

struct Work {
    store: Store,
    about: About,
    stretch: Stretch,
    part: PathBuf,
}

impl Work {
    /// The size of the file.
    fn write(self, handle: &Handle, mut progress: impl FnMut(u64, u64) -> bool) -> Result<u64, Error> {
        let Work {
            store,
            about,
            stretch,
            part,
        } = self;
        let mut catalogues = Vec::new();
        for version in &stretch.reasons_versions {
            catalogues.extend(handle.block_on(store.reasons_of(version))?);
        }
        let file = File::create(&part).map_err(Error::UnwritableFile)?;
        let mut writer = BundleWriter::begin(BufWriter::new(file), about, &catalogues).map_err(unwritten)?;
        for seq in stretch.first..=stretch.last {
            let entry = handle.block_on(store.entry(seq))?;
            let needs = writer.needs(&entry);
            let photo = match needs.photo {
                Some(sha256) => handle.block_on(store.photo(&sha256.to_string()))?,
                None => None,
            };
            let report = match needs.report {
                Some(sha256) => handle.block_on(store.report_bytes(sha256))?,
                None => None,
            };
            writer
                .entry(&entry, photo.as_deref(), report.as_deref())
                .map_err(unwritten)?;
            if !progress(seq + 1 - stretch.first, stretch.last + 1 - stretch.first) {
                return Err(Error::Cancelled);
            }
        }
        let mut out = writer.finish().map_err(unwritten)?;
        out.flush().map_err(Error::UnwritableFile)?;
        let file = out
            .into_inner()
            .map_err(|error| Error::UnwritableFile(error.into_error()))?;
        file.sync_all().map_err(Error::UnwritableFile)?;
        file.metadata().map(|meta| meta.len()).map_err(Error::UnwritableFile)
    }
}

fn unwritten(error: WriteError) -> Error {
    match error {
        WriteError::Io(error) if error.kind() == io::ErrorKind::StorageFull => Error::StorageFull,
        WriteError::Io(error) => Error::UnwritableFile(error),
        WriteError::NotAChain { .. } | WriteError::NotTheSame { .. } | WriteError::Incomplete => {
            Error::Storage(store::StoreError::Damaged("the audit chain"))
        }
        WriteError::Entry(_) | WriteError::Unwritable(_) => Error::Internal("an audit entry can't be written"),
    }
}
