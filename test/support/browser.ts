import { chromium, type Browser } from 'playwright-core';
import { chromiumPath } from '../chromium.ts';

/** Starts Debian's Chromium with nothing of its own going on. */
export async function openBrowser(options: { readonly microphoneFile?: string }): Promise<Browser> {
  if (chromiumPath === null) throw new Error('no Chromium: this test should have been skipped');
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--autoplay-policy=no-user-gesture-required',
      ...(options.microphoneFile === undefined
        ? []
        : [
            '--use-fake-ui-for-media-stream',
            '--use-fake-device-for-media-stream',
            `--use-file-for-fake-audio-capture=${options.microphoneFile}%noloop`,
          ]),
    ],
  });
}
