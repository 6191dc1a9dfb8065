// The page in Chromium on the real desk, see `tests/desk.ts`. `npm run browser`, after `cargo build --workspace`.

import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: './tests',
  outputDir: '../target/browser',
  snapshotPathTemplate: '{testDir}/pictures/{arg}{ext}',
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  retries: 0,
  timeout: 60_000,
  reporter: process.env['CI'] ? 'dot' : 'list',
  globalSetup: './tests/samples.ts',
  expect: {
    timeout: 15_000,
    // Fonts and shading differ a little from machine to machine; a moved line differs by much more.
    toHaveScreenshot: { maxDiffPixelRatio: 0.006, threshold: 0.2, animations: 'disabled', caret: 'hide' },
  },
  use: {
    browserName: 'chromium',
    // Debian's own: nothing is downloaded.
    launchOptions: {
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--font-render-hinting=none', '--disable-lcd-text', '--force-color-profile=srgb'],
    },
    viewport: { width: 1366, height: 768 },
    deviceScaleFactor: 1,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    actionTimeout: 15_000,
  },
});
