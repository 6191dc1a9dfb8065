import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [
    svelte(),
    paraglideVitePlugin({
      project: './project.inlang',
      outdir: './src/text/messages',
      strategy: ['globalVariable', 'baseLocale'],
      emitReadme: false,
      emitPrettierIgnore: false,
    }),
  ],
  clearScreen: false,
  server: { port: 1420, strictPort: true },
  // The oldest web view that the desk meets is WebKitGTK of Safari 16's age.
  build: { target: 'safari16', chunkSizeWarningLimit: 800, rolldownOptions: { checks: { pluginTimings: false } } },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
