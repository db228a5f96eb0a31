import { chromium, type Browser } from 'playwright-core';
import { chromiumPath } from '../chromium.ts';

/** How a browser differs from one that was just installed. */
export interface BrowserOptions {
  /** A WAV that is spoken into the microphone; without one there is no permission to use any. */
  readonly microphoneFile?: string;
  /** Sends nothing by UDP, as on a network that lets none through. @default false */
  readonly withoutUdp?: boolean;
  /** Where to write what goes on in its network stack; whole once the browser is closed. */
  readonly netLogFile?: string;
}

/** Starts Debian's Chromium with nothing of its own going on. */
export async function openBrowser(options: BrowserOptions): Promise<Browser> {
  if (chromiumPath === null) throw new Error('no Chromium: this test should have been skipped');
  const { microphoneFile, withoutUdp = false, netLogFile } = options;
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
      ...(withoutUdp ? ['--webrtc-ip-handling-policy=disable_non_proxied_udp'] : []),
      ...(netLogFile === undefined ? [] : [`--log-net-log=${netLogFile}`]),
      ...(microphoneFile === undefined
        ? []
        : [
            '--use-fake-ui-for-media-stream',
            '--use-fake-device-for-media-stream',
            `--use-file-for-fake-audio-capture=${microphoneFile}%noloop`,
          ]),
    ],
  });
}
