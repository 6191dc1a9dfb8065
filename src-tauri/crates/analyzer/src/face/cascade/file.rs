//! The cascade's file: little-endian numbers of four bytes, whole and real, in the order in which they are read here.

use super::boosted::{Boosted, GROUP, PATTERN_PX, PATTERNS};
use super::network::{ANSWERS, Layer, Network, PATCH, Patch, patches};
use super::{Cascade, WINDOW_PX};

const BOOSTED: usize = 0;
const NETWORK: usize = 1;

impl Cascade {
    /// `None` where the bytes are no such file, or of a cascade of another build.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let file = &mut File(bytes);
        (file.whole()? == 3).then_some(())?;
        let count = file.whole()?;
        let first = (0..count).map(|_| file.first()).collect::<Option<Vec<_>>>()?;
        let finer = file.level()?;
        let [last]: [Network; 1] = file.level()?.try_into().ok()?;
        file.0.is_empty().then_some(Self { first, finer, last })
    }
}

struct File<'a>(&'a [u8]);

impl File<'_> {
    fn four(&mut self) -> Option<[u8; 4]> {
        let (four, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*four)
    }

    fn whole(&mut self) -> Option<usize> {
        usize::try_from(i32::from_le_bytes(self.four()?)).ok()
    }

    fn real(&mut self) -> Option<f32> {
        self.four().map(f32::from_le_bytes)
    }

    fn reals(&mut self, count: usize) -> Option<Vec<f32>> {
        (0..count).map(|_| self.real()).collect()
    }

    /// What a part says of where its windows come from: of all parts before it, in our file. A count below 0 means none.
    fn sources(&mut self) -> Option<()> {
        let count = i32::from_le_bytes(self.four()?);
        (0..count).try_for_each(|_| self.four().map(|_| ()))
    }

    /// A part of the first level has one classifier.
    fn first(&mut self) -> Option<Boosted> {
        (self.whole()? == 1 && self.whole()? == BOOSTED).then_some(())?;
        let boosted = self.boosted()?;
        self.sources()?;
        Some(boosted)
    }

    /// A further level has one part, of networks that follow each other.
    fn level(&mut self) -> Option<Vec<Network>> {
        (self.whole()? == 1).then_some(())?;
        let count = self.whole()?;
        let networks = (0..count)
            .map(|_| (self.whole()? == NETWORK).then_some(()).and_then(|()| self.network()))
            .collect::<Option<Vec<_>>>()?;
        self.sources()?;
        Some(networks)
    }

    fn boosted(&mut self) -> Option<Boosted> {
        let (count, most) = (self.whole()?, self.whole()?);
        (count.is_multiple_of(GROUP) && most + 1 == PATTERNS).then_some(())?;
        let places = (0..count)
            .map(|_| Some([self.whole()?, self.whole()?]).filter(|at| at.iter().all(|v| v + PATTERN_PX <= WINDOW_PX)))
            .collect::<Option<Vec<_>>>()?;
        let least = self.reals(count)?;
        let weights = (0..count)
            .map(|_| self.reals(PATTERNS)?.try_into().ok())
            .collect::<Option<Vec<_>>>()?;
        Some(Boosted {
            places,
            // Only that of a group's last place is ever looked at.
            least: least.into_iter().skip(GROUP - 1).step_by(GROUP).collect(),
            weights,
        })
    }

    fn network(&mut self) -> Option<Network> {
        let (layers, count) = (self.whole()?, self.whole()?);
        let all = patches();
        let patches: Vec<Patch> = (0..count)
            .map(|_| all.get(self.whole()?.checked_sub(1)?).copied())
            .collect::<Option<_>>()?;
        let threshold = self.real()?;
        let mut inputs = self.whole()?;
        (inputs == patches.len() * PATCH).then_some(())?;
        let layers = (1..layers)
            .map(|_| {
                let neurons = self.whole()?;
                let weights = self.reals(inputs.checked_mul(neurons)?)?;
                let layer = Layer::new(inputs, &weights, self.reals(neurons)?);
                inputs = neurons;
                Some(layer)
            })
            .collect::<Option<Vec<_>>>()?;
        (inputs == ANSWERS).then_some(Network {
            patches,
            threshold,
            layers,
        })
    }
}
