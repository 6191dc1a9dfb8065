// Every screen of the desk and the way to it.

import { USUAL } from '../src/screens/review/keys';
import { Desk, expect, failing, fine, HOLD_MS, type World } from './desk';
import { FEW } from './places';

export interface Scene {
  world?: Partial<World>;
  /** Once. */
  prepare?: (desk: Desk) => Promise<unknown>;
  /** After the page was loaded anew. */
  show: (desk: Desk) => Promise<unknown>;
  /** What is other each time by nature: addresses, hashes, how long somebody looked. */
  changing?: readonly string[];
  /** One of the screens that people know this desk by; where the photo itself belongs to the picture, once. */
  main?: true | 'with photo';
}

const begin = (desk: Desk) => desk.begin();

async function pass(desk: Desk): Promise<void> {
  const passed = await desk.goTo(fine);
  await desk.press(USUAL.pass);
  await desk.painted(passed);
}

async function reject(desk: Desk): Promise<void> {
  const rejected = await desk.goTo(failing);
  await desk.press(USUAL.reject, 'Enter');
  await desk.painted(rejected);
}

/** Two passed and one rejected, sent and told. */
async function work(desk: Desk): Promise<void> {
  await desk.begin();
  for (const decide of [pass, pass, reject]) await decide(desk);
  await desk.advance(HOLD_MS);
  await expect(desk.get('outbox-count')).toHaveText('0');
}

/** The same, and a supervisor sits down. */
async function supervise(desk: Desk): Promise<void> {
  await work(desk);
  await desk.get('sign-out').click();
  await desk.begin('supervisor');
}

async function exported(desk: Desk): Promise<void> {
  await supervise(desk);
  await writeFile(desk);
}

/** A file of two decisions: on a photo, and on the same shot of somebody else. */
async function exportedSameShot(desk: Desk): Promise<void> {
  await desk.begin();
  const { submission, same_shots } = await desk.goToSameShot();
  await desk.invoke('pass_photo', { submission: same_shots?.[0]?.submission, look: null });
  await desk.goTo((photo) => photo.submission === submission);
  await desk.press(USUAL.reject, 'Enter');
  await desk.painted(submission);
  await desk.advance(HOLD_MS);
  await expect(desk.get('outbox-count')).toHaveText('0');
  await desk.get('sign-out').click();
  await desk.begin('supervisor');
  await writeFile(desk);
}

async function writeFile(desk: Desk): Promise<void> {
  await desk.invoke('export_audit', { from: '2026-11-25', to: '2026-11-25', path: null });
}

async function openAudit(desk: Desk): Promise<void> {
  await desk.painted();
  await desk.get('open-audit').click();
  await expect(desk.get('audit-file')).toBeVisible();
}

export async function openFile(desk: Desk): Promise<void> {
  await openAudit(desk);
  await desk.get('audit-file').click();
  await expect(desk.get('seal')).toHaveAttribute('data-kind', 'intact');
  await desk.painted();
}

async function failure(desk: Desk): Promise<void> {
  await desk.painted();
  await desk.goTo(failing);
}

export const SCENES: Readonly<Record<string, Scene>> = {
  'sign-in': {
    main: true,
    show: (desk) => expect(desk.get('sign-in-username')).toBeFocused(),
    changing: ['code', 'footer'],
  },
  review: { prepare: begin, show: (desk) => desk.painted(), main: 'with photo' },
  failure: {
    main: 'with photo',
    prepare: begin,
    show: async (desk) => {
      await failure(desk);
      await desk.press(USUAL.check_down, USUAL.guides);
      await expect(desk.get('drawn-guides')).toBeVisible();
    },
  },
  palette: {
    main: true,
    prepare: begin,
    show: async (desk) => {
      await failure(desk);
      await desk.press(USUAL.reject);
      await expect(desk.get('message-preview').locator('b').first()).toBeVisible();
    },
  },
  'same-shot': {
    prepare: begin,
    show: async (desk) => {
      await desk.painted();
      await desk.goToSameShot();
      await desk.press(USUAL.match);
      await expect(desk.get('blink').locator('img')).toHaveCount(2);
    },
  },
  outbox: {
    prepare: async (desk) => {
      await desk.begin();
      for (const decide of [pass, pass, reject]) await decide(desk);
    },
    show: async (desk) => {
      await desk.painted();
      await desk.press(USUAL.outbox);
      await expect(desk.get('outbox').getByRole('listitem')).toHaveCount(3);
    },
  },
  correct: {
    prepare: work,
    show: async (desk) => {
      await desk.painted();
      await desk.press(USUAL.correct);
      await expect(desk.get('correct').locator('.preview b').first()).toBeVisible();
      await expect(desk.get('correct').getByRole('option').first()).toBeVisible();
    },
  },
  tour: {
    world: { settings: { tour_seen: false } },
    prepare: begin,
    show: async (desk) => {
      await desk.painted();
      await desk.press('Space');
      await expect(desk.get('tour')).toHaveAttribute('data-step', 'checks');
    },
  },
  skip: {
    prepare: begin,
    show: async (desk) => {
      await desk.painted();
      await desk.press(USUAL.skip);
      await expect(desk.get('aside-skip')).toBeVisible();
    },
  },
  keys: {
    prepare: begin,
    show: async (desk) => {
      await desk.painted();
      await desk.press(USUAL.keys);
      await expect(desk.get('keys-usual')).toBeVisible();
    },
  },
  settings: {
    prepare: begin,
    show: async (desk) => {
      await desk.painted();
      await desk.press(USUAL.settings);
      await expect(desk.get('settings-hold')).toBeVisible();
    },
    changing: ['[role=dialog] dd'],
  },
  blind: {
    world: { blind_percent: 100 },
    prepare: begin,
    show: async (desk) => {
      await desk.painted();
      await expect(desk.get('blind')).toBeVisible();
    },
  },
  breath: {
    // So many that no more come in meanwhile.
    world: { settings: { breath_ms: 600, lease_ahead: 30 } },
    prepare: begin,
    show: async (desk) => {
      for (let photo = 0; photo < 6; photo += 1) {
        const passed = await desk.painted();
        await desk.press(USUAL.pass);
        await desk.painted(passed);
      }
      await expect(desk.get('breath')).toBeVisible();
    },
  },
  offline: {
    prepare: async (desk) => {
      await desk.begin();
      await desk.weather('cut');
    },
    show: async (desk) => {
      await desk.painted();
      await expect(desk.get('offline')).toBeVisible();
    },
  },
  closed: {
    // A Sunday.
    world: { at: '2026-11-29T10:00:00+08:00' },
    prepare: async (desk) => {
      await desk.signIn('supervisor');
      await desk.invoke('allow_overtime', { allowed: false });
      await desk.get('sign-out').click();
      await desk.begin();
    },
    show: async (desk) => {
      await desk.painted();
      await expect(desk.get('closed')).toBeVisible();
    },
  },
  empty: {
    world: { samples: FEW },
    prepare: async (desk) => {
      await desk.begin();
      await reject(desk);
      await desk.press(USUAL.pass);
      await expect(desk.get('decided-today')).toHaveText('2');
      await desk.painted();
      await desk.press(USUAL.pass);
      await expect(desk.get('empty')).toBeVisible();
      await desk.advance(HOLD_MS);
      await expect(desk.get('outbox-count')).toHaveText('0');
    },
    show: (desk) => expect(desk.get('empty')).toBeVisible(),
  },
  day: {
    main: true,
    prepare: work,
    show: async (desk) => {
      await desk.painted();
      await desk.press(USUAL.today);
      await expect(desk.page.locator('figure canvas').first()).toBeVisible();
    },
    // How long somebody looked.
    changing: ['[data-testid=day-figures] div:nth-child(4) dd', '[data-testid=day-figures] div:nth-child(5) dd'],
  },
  floor: {
    main: true,
    prepare: supervise,
    show: async (desk) => {
      await desk.painted();
      await desk.press(USUAL.today);
      await expect(desk.get('overtime')).toBeVisible();
      await desk.get('overtime').scrollIntoViewIfNeeded();
    },
  },
  find: {
    main: true,
    prepare: work,
    show: async (desk) => {
      await desk.painted();
      await desk.press(USUAL.find);
      await desk.page.keyboard.type('HN-2027-A');
      await desk.press('Enter');
      await expect(desk.get('found').first()).toBeVisible();
      await desk.press('ArrowDown');
      await expect(desk.get('attempt').locator('img')).toBeVisible();
    },
  },
  audit: {
    main: true,
    prepare: exported,
    show: openAudit,
    changing: ['.when', '.size'],
  },
  'audit-open': {
    main: true,
    prepare: exported,
    show: openFile,
    changing: ['[data-testid=seal]'],
  },
  'audit-same-shot': {
    prepare: exportedSameShot,
    show: async (desk) => {
      await openFile(desk);
      await desk.get('audit-decision').last().click();
      await expect(desk.get('audit-same-shots').locator('img')).toHaveCount(2);
      await desk.painted();
    },
    changing: ['[data-testid=seal]'],
  },
};
