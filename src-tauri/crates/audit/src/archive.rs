//! A tar without freedom: every header has exactly one spelling, so that a flipped bit in it shows.
//!
//! Headers are plain ustar, mode 0644, owner 0, all with the same time; padding is zero; two zero blocks end the file.

use crate::hash::{FILE_MARK, Hash};
use sha2::{Digest, Sha256};
use std::io::{self, Read, Write};

pub(crate) const BLOCK_BYTES: usize = 512;
const PIECE_BYTES: usize = 64 * 1024;
const FILE_MODE: u32 = 0o644;

/// The one spelling of a member's header.
fn header(name: &str, size: u64, mtime_s: u64) -> io::Result<[u8; BLOCK_BYTES]> {
    let mut header = tar::Header::new_ustar();
    header.set_path(name)?;
    header.set_mode(FILE_MODE);
    header.set_uid(0);
    header.set_gid(0);
    header.set_mtime(mtime_s);
    header.set_size(size);
    header.set_entry_type(tar::EntryType::Regular);
    header.set_cksum();
    Ok(*header.as_bytes())
}

fn padding(size: u64) -> usize {
    (size.next_multiple_of(BLOCK_BYTES as u64) - size) as usize
}

pub(crate) struct Writer<W> {
    out: W,
    digest: Sha256,
    mtime_s: u64,
}

impl<W: Write> Writer<W> {
    pub(crate) fn new(out: W, mtime_s: u64) -> Writer<W> {
        Writer {
            out,
            digest: Sha256::new_with_prefix(FILE_MARK),
            mtime_s,
        }
    }

    pub(crate) fn member(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let size = bytes.len() as u64;
        self.put(&header(name, size, self.mtime_s)?)?;
        self.put(bytes)?;
        self.put(&[0; BLOCK_BYTES][..padding(size)])
    }

    /// Hash of everything written up to now.
    pub(crate) fn so_far(&self) -> Hash {
        Hash(self.digest.clone().finalize().into())
    }

    pub(crate) fn end(mut self) -> io::Result<W> {
        self.put(&[0; 2 * BLOCK_BYTES])?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.digest.update(bytes);
        self.out.write_all(bytes)
    }
}

/// Why reading stopped.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The bytes are not those that were written.
    Altered,
    /// The file ends too early.
    Truncated,
    /// Bytes behind the end.
    Trailing,
    /// Larger than such a member can be.
    TooLarge,
    Io(io::Error),
}

pub(crate) struct Reader<R> {
    inner: R,
    digest: Sha256,
    at: u64,
    mtime_s: u64,
}

impl<R: Read> Reader<R> {
    pub(crate) fn new(inner: R) -> Reader<R> {
        Reader {
            inner,
            digest: Sha256::new_with_prefix(FILE_MARK),
            at: 0,
            mtime_s: 0,
        }
    }

    /// The time that all headers have to carry from here on.
    pub(crate) fn set_mtime(&mut self, mtime_s: u64) {
        self.mtime_s = mtime_s;
    }

    pub(crate) fn so_far(&self) -> Hash {
        Hash(self.digest.clone().finalize().into())
    }

    /// How many bytes were read.
    pub(crate) fn at(&self) -> u64 {
        self.at
    }

    /// The first header, whose time is not known yet; its size and time. `None`: this is no such archive at all, for
    /// neither the name is right nor does `mark` occur at the beginning of what follows.
    pub(crate) fn first(&mut self, name: &str, mark: &str) -> Result<Option<(u64, u64)>, Stop> {
        let mut block = [0; BLOCK_BYTES];
        match self.take(&mut block) {
            Err(Stop::Truncated) => return Ok(None),
            other => other?,
        }
        let found = tar::Header::from_byte_slice(&block);
        if let (Ok(size), Ok(mtime_s)) = (found.entry_size(), found.mtime())
            && header(name, size, mtime_s).map_err(Stop::Io)? == block
        {
            return Ok(Some((size, mtime_s)));
        }
        let named = found.path_bytes().as_ref() == name.as_bytes();
        let marked = match self.take(&mut block) {
            Err(Stop::Truncated) => false,
            other => other.map(|()| block.windows(mark.len()).any(|window| window == mark.as_bytes()))?,
        };
        if named || marked { Err(Stop::Altered) } else { Ok(None) }
    }

    /// The header of the member that has to come next; its size.
    pub(crate) fn expect(&mut self, name: &str) -> Result<u64, Stop> {
        let mut block = [0; BLOCK_BYTES];
        self.take(&mut block)?;
        let size = tar::Header::from_byte_slice(&block)
            .entry_size()
            .map_err(|_| Stop::Altered)?;
        if header(name, size, self.mtime_s).map_err(Stop::Io)? != block {
            return Err(Stop::Altered);
        }
        Ok(size)
    }

    pub(crate) fn bytes(&mut self, size: u64, most: u64) -> Result<Vec<u8>, Stop> {
        if size > most {
            return Err(Stop::TooLarge);
        }
        let mut bytes = Vec::new();
        self.pieces(size, |piece| bytes.extend_from_slice(piece))?;
        Ok(bytes)
    }

    /// Hash of a member that is not kept.
    pub(crate) fn hash(&mut self, size: u64, most: u64) -> Result<Hash, Stop> {
        if size > most {
            return Err(Stop::TooLarge);
        }
        let mut digest = Sha256::new();
        self.pieces(size, |piece| digest.update(piece))?;
        Ok(Hash(digest.finalize().into()))
    }

    pub(crate) fn end(mut self) -> Result<(), Stop> {
        let mut blocks = [0; 2 * BLOCK_BYTES];
        self.take(&mut blocks)?;
        if blocks.iter().any(|byte| *byte != 0) {
            return Err(Stop::Altered);
        }
        match self.take(&mut [0]) {
            Err(Stop::Truncated) => Ok(()),
            Err(other) => Err(other),
            Ok(()) => Err(Stop::Trailing),
        }
    }

    fn pieces(&mut self, size: u64, mut each: impl FnMut(&[u8])) -> Result<(), Stop> {
        let mut buffer = vec![0; PIECE_BYTES.min(size as usize)];
        let mut left = size;
        while left > 0 {
            let piece = &mut buffer[..PIECE_BYTES.min(left as usize)];
            self.take(piece)?;
            each(piece);
            left -= piece.len() as u64;
        }
        let mut zeros = [0; BLOCK_BYTES];
        let zeros = &mut zeros[..padding(size)];
        self.take(zeros)?;
        if zeros.iter().any(|byte| *byte != 0) {
            Err(Stop::Altered)
        } else {
            Ok(())
        }
    }

    fn take(&mut self, buffer: &mut [u8]) -> Result<(), Stop> {
        self.inner.read_exact(buffer).map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof => Stop::Truncated,
            _ => Stop::Io(error),
        })?;
        self.digest.update(&*buffer);
        self.at += buffer.len() as u64;
        Ok(())
    }
}
