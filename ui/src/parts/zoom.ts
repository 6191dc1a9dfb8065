import type { Box } from './geometry';

/** How near the photo is looked at. `evidence`: what the selected check points at; `box`: a place in the photo. */
export type Zoom = { kind: 'fit' } | { kind: 'actual' } | { kind: 'evidence' } | { kind: 'box'; box: Box };
