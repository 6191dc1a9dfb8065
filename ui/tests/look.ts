// How a screen looks: that everything fits, that nobody is shut out, and that it is as it was.

import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import path from 'node:path';
import type { Language, Theme } from '../src/ipc/desk';
import { expect } from './desk';

export const SMALL = { width: 1366, height: 768 };
export const LARGE = { width: 2560, height: 1440 };

export interface Variant {
  language: Language;
  theme: Theme;
}

export const VARIANTS: readonly Variant[] = [
  { language: 'zh-CN', theme: 'dark' },
  { language: 'en', theme: 'light' },
  { language: 'zh-CN', theme: 'light' },
  { language: 'en', theme: 'dark' },
];

/** No violation of what axe knows. */
export async function accessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const told = violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map(({ html }) => html.slice(0, 160)).join('\n  ')}`);
  expect(told).toEqual([]);
}

/** The page does not scroll, no words are cut off where they must not be, nothing that can be pressed is covered. */
export async function fits(page: Page): Promise<void> {
  const found = await page.evaluate(() => {
    const bad: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > innerWidth || root.scrollHeight > innerHeight) bad.push('the page scrolls');
    const top = document.querySelector('[role=dialog], [role=alertdialog]') ?? document.body;
    const nameOf = (part: HTMLElement): string => part.dataset['testid'] ?? part.textContent.trim().slice(0, 40);
    for (const part of top.querySelectorAll<HTMLElement>('button, h1, h2, h3, label, [data-testid]')) {
      const cut = getComputedStyle(part).overflowX === 'hidden' && part.clientWidth > 0;
      if (cut && part.scrollWidth > part.clientWidth + 1) bad.push(`cut off: ${nameOf(part)}`);
    }
    for (const part of top.querySelectorAll<HTMLElement>('button, input, select, textarea')) {
      const { left, top: upper, width, height } = part.getBoundingClientRect();
      const [x, y] = [left + width / 2, upper + height / 2];
      const hit = document.elementFromPoint(x, y);
      // What is scrolled out of sight is not covered.
      const box = part.closest('[data-scrolls], ul, ol, .scroll, .body')?.getBoundingClientRect();
      // The list of what waits to be sent opens over the checks.
      if (hit?.closest('[data-testid=outbox]')) continue;
      if (!hit || (box && (y < box.top || y > box.bottom))) continue;
      const own = part.contains(hit) || hit.contains(part) || part.closest('label')?.contains(hit);
      if (!own) bad.push(`covered: ${nameOf(part)} by ${hit.outerHTML.slice(0, 80)}`);
    }
    return bad;
  });
  expect(found).toEqual([]);
}

/** As its picture; of photos only their place, unless they are what it is about. */
export async function picture(page: Page, name: string, changing: readonly Locator[], photos: boolean): Promise<void> {
  const stylePath = photos ? [] : path.join(import.meta.dirname, 'without-photos.css');
  await expect(page).toHaveScreenshot(`${name}.png`, { mask: [...changing], maskColor: '#808080', stylePath });
}
