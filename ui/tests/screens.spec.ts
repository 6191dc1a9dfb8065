// Every screen, in both languages and both themes, at the smallest and at a large size: everything fits, axe finds
// nothing, and it is as its picture. `npm run browser -- -u all` takes the pictures anew.

import { test } from './desk';
import { accessible, fits, LARGE, picture, SMALL, VARIANTS } from './look';
import { SCENES } from './scenes';

for (const [name, scene] of Object.entries(SCENES)) {
  test.describe(name, () => {
    test.use({ world: scene.world ?? {} });
    test('looks right', async ({ desk, page }) => {
      test.setTimeout(120_000);
      await scene.prepare?.(desk);
      const changing = (scene.changing ?? []).map((selector) => page.locator(selector));
      // Each language and each theme once; the screens that people know this desk by, in all four ways.
      for (const [at, { language, theme }] of VARIANTS.slice(0, scene.main ? 4 : 2).entries()) {
        await desk.set({ language, theme });
        await scene.show(desk);
        await fits(page);
        await picture(page, `${name}-${language}-${theme}`, changing, scene.main === 'with photo' && at === 0);
        if (at > 1) continue;
        await accessible(page);
        await page.setViewportSize(LARGE);
        await fits(page);
        if (scene.main && at === 0) await picture(page, `${name}-large`, changing, false);
        await page.setViewportSize(SMALL);
      }
    });
  });
}
