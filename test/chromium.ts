import { accessSync, constants } from 'node:fs';

/** How to get the browser that the page's tests run in. */
export const chromiumHint =
  'Browser tests need Chromium: run `apt-get install chromium`, or set CHROMIUM_PATH to one.';

/**
 * The browser for the page's tests: `CHROMIUM_PATH`, else where Debian and Ubuntu put it.
 * `null` when there is none; then skip, with {@link chromiumHint} as the reason.
 */
export const chromiumPath: string | null =
  [process.env['CHROMIUM_PATH'], '/usr/bin/chromium', '/usr/bin/chromium-browser'].find(
    isExecutable,
  ) ?? null;

function isExecutable(path: string | undefined): path is string {
  if (path === undefined || path === '') return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
