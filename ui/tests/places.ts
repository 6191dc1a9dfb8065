// Where things lie.

import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');
const TARGET = path.resolve(process.env['CARGO_TARGET_DIR'] ?? path.join(ROOT, 'target'));

export const SAMPLES = path.join(TARGET, 'samples');
/** Three of them: one fails, two are fine. */
export const FEW = path.join(TARGET, 'samples-few');
/** The same, and another photo of the student whose photo fails. */
export const RETAKEN = path.join(TARGET, 'samples-retaken');
export const MODELS = process.env['PHOTO_DESK_MODELS'] ?? path.join(ROOT, 'src-tauri/models');

export function program(name: string): string {
  return path.join(TARGET, 'debug', name);
}
