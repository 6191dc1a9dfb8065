// Every key of the screen on which a supervisor looks through an audit file.

import type { Action } from '../src/screens/audit/keys';
import { USUAL } from '../src/screens/review/keys';
import { Desk, expect, test } from './desk';
import { openFile, SCENES } from './scenes';

const keyOf = (action: Heard): string => (action === 'close' ? 'Escape' : USUAL[action]);
/** What has a key there. */
const HEARD = ['mark_right', 'mark_wrong', 'mark_note', 'previous', 'next', 'expand', 'keys', 'settings', 'close'] as const satisfies readonly Action[];
type Heard = (typeof HEARD)[number];
const marks = async (desk: Desk): Promise<unknown[]> => {
  const [file] = await desk.invoke<{ path: string }[]>('audit_files');
  const { decisions } = await desk.invoke<{ decisions: { mark: unknown }[] }>('open_audit', { path: file?.path });
  return decisions.map(({ mark }) => mark).filter(Boolean);
};
const current = (desk: Desk) => desk.page.locator('[data-testid=audit-decision][aria-selected=true]');

const SPECS: Readonly<Record<Heard, (desk: Desk) => Promise<void>>> = {
  mark_right: async (desk) => {
    await desk.press(keyOf('mark_right'));
    await expect.poll(() => marks(desk)).toMatchObject([{ right: true }]);
  },
  mark_wrong: async (desk) => {
    await desk.press(keyOf('mark_note'));
    await desk.page.keyboard.type('眼睛是睁着的');
    await desk.press('Escape', keyOf('mark_wrong'));
    await expect.poll(() => marks(desk)).toMatchObject([{ right: false, note: '眼睛是睁着的' }]);
  },
  mark_note: async (desk) => {
    await desk.press(keyOf('mark_note'));
    await expect(desk.get('audit-note')).toBeFocused();
    await desk.page.keyboard.type('y');
    await expect(desk.get('audit-note')).toHaveValue('y');
    await desk.press('Escape');
    await expect(desk.get('audit-note')).not.toBeFocused();
    expect(await marks(desk)).toEqual([]);
  },
  previous: async (desk) => {
    const first = await current(desk).getAttribute('data-decision');
    await desk.press(keyOf('next'), keyOf('previous'));
    await expect(current(desk)).toHaveAttribute('data-decision', first ?? '');
  },
  next: async (desk) => {
    const first = await current(desk).getAttribute('data-decision');
    await desk.press(keyOf('next'));
    await expect(current(desk)).not.toHaveAttribute('data-decision', first ?? '');
  },
  expand: async (desk) => {
    const lines = desk.page.locator('[data-testid^=check-]');
    const folded = await lines.count();
    await desk.press(keyOf('expand'));
    await expect.poll(() => lines.count()).toBeGreaterThan(folded);
  },
  keys: async (desk) => {
    await desk.press(keyOf('keys'));
    await expect(desk.get('key-mark_right')).toBeVisible();
    await desk.press('Escape');
    await expect(desk.page.getByRole('dialog')).toHaveCount(0);
  },
  settings: async (desk) => {
    await desk.press(keyOf('settings'));
    await expect(desk.get('settings-blind')).toBeVisible();
    await desk.press('Escape');
    await expect(desk.page.getByRole('dialog')).toHaveCount(0);
  },
  close: async (desk) => {
    await desk.press(keyOf('close'));
    await expect(desk.get('decided-today')).toBeVisible();
    await expect(desk.get('seal')).toHaveCount(0);
  },
};

test('the keys of the audit screen', async ({ desk }) => {
  test.setTimeout(120_000);
  await SCENES['audit-open']?.prepare?.(desk);
  // What marks something comes last.
  for (const action of ['mark_note', 'previous', 'next', 'expand', 'keys', 'settings', 'close'] as const) {
    await test.step(action, () => step(desk, action));
  }
  await test.step('mark_right', () => step(desk, 'mark_right'));
});

test('from a decision one comes to that on the same shot', async ({ desk }) => {
  await SCENES['audit-same-shot']?.prepare?.(desk);
  await SCENES['audit-same-shot']?.show(desk);
  const reused = await current(desk).getAttribute('data-decision');
  await desk.get('audit-same-shot').click();
  await expect(current(desk)).not.toHaveAttribute('data-decision', reused ?? '');
  await desk.painted();
  await expect(desk.get('audit-same-shots')).toHaveCount(0);
});

test('a decision is marked as wrong with a note', async ({ desk }) => {
  await SCENES['audit-open']?.prepare?.(desk);
  await step(desk, 'mark_wrong');
});

async function step(desk: Desk, action: keyof typeof SPECS): Promise<void> {
  await desk.page.reload();
  await openFile(desk);
  await SPECS[action](desk);
}
