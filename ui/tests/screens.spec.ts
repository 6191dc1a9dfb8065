// Every screen, in both languages and both themes, at the smallest and at a large size: everything fits, axe finds
// nothing, and it is as its picture. `npm run browser -- --update-snapshots` takes the pictures anew.

import { test } from './desk';
import { accessible, fits, LARGE, picture, SMALL, VARIANTS } from './look';
import { SCENES } from './scenes';

for (const [name, scene] of Object.entries(SCENES)) {
  test.describe(name, () => {
    test.use({ world: scene.world ?? {} });
    test('looks right', async ({ desk, page }) => {
      test.setTimeout(120_000);
      await scene.prepare?.(desk);
      for (const { language, theme } of VARIANTS) {
        await desk.set({ language, theme });
        await scene.show(desk);
        const changing = (scene.changing ?? []).map((selector) => page.locator(selector));
        await fits(page);
        await picture(page, `${name}-${language}-${theme}`, changing, scene.photos ?? false);
        // Colours are the theme's, names the language's: each of them once.
        if ((language === 'en') === (theme === 'light')) await accessible(page);
        await page.setViewportSize(LARGE);
        await fits(page);
        if (language === 'zh-CN' && theme === 'dark') await picture(page, `${name}-large`, changing, false);
        await page.setViewportSize(SMALL);
      }
    });
  });
}
