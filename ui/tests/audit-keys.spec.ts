// Every key of the screen on which a supervisor looks through an audit file.

import { KEYS, type Action } from '../src/screens/audit/keys';
import { Desk, expect, test } from './desk';
import { openFile, SCENES } from './scenes';

/** As Playwright names them. */
const NAMES: Readonly<Record<string, string>> = { arrowleft: 'ArrowLeft', arrowright: 'ArrowRight', escape: 'Escape' };

const keyOf = (action: Action): string => {
  const [key = ''] = Object.entries(KEYS).find(([, one]) => one === action) ?? [];
  return NAMES[key] ?? key;
};
const marks = async (desk: Desk): Promise<unknown[]> => {
  const [file] = await desk.invoke<{ path: string }[]>('audit_files');
  const { decisions } = await desk.invoke<{ decisions: { mark: unknown }[] }>('open_audit', { path: file?.path });
  return decisions.map(({ mark }) => mark).filter(Boolean);
};
const current = (desk: Desk) => desk.page.locator('[data-testid=audit-decision][aria-selected=true]');

const SPECS: Readonly<Record<Exclude<Action, 'leave-note'>, (desk: Desk) => Promise<void>>> = {
  'mark-right': async (desk) => {
    await desk.press(keyOf('mark-right'));
    await expect.poll(() => marks(desk)).toMatchObject([{ right: true }]);
  },
  'mark-wrong': async (desk) => {
    await desk.press(keyOf('note'));
    await desk.page.keyboard.type('眼睛是睁着的');
    await desk.press('Escape', keyOf('mark-wrong'));
    await expect.poll(() => marks(desk)).toMatchObject([{ right: false, note: '眼睛是睁着的' }]);
  },
  note: async (desk) => {
    await desk.press(keyOf('note'));
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
  close: async (desk) => {
    await desk.press(keyOf('close'));
    await expect(desk.get('decided-today')).toBeVisible();
    await expect(desk.get('seal')).toHaveCount(0);
  },
};

test('the keys of the audit screen', async ({ desk }) => {
  test.setTimeout(120_000);
  expect(Object.keys(SPECS).sort()).toEqual(Object.values(KEYS).sort());
  await SCENES['audit-open']?.prepare?.(desk);
  // What marks something comes last.
  for (const action of ['note', 'previous', 'next', 'expand', 'close'] as const) {
    await test.step(action, () => step(desk, action));
  }
  await test.step('mark-right', () => step(desk, 'mark-right'));
});

test('a decision is marked as wrong with a note', async ({ desk }) => {
  await SCENES['audit-open']?.prepare?.(desk);
  await step(desk, 'mark-wrong');
});

async function step(desk: Desk, action: keyof typeof SPECS): Promise<void> {
  await desk.page.reload();
  await openFile(desk);
  await SPECS[action](desk);
}
