import { z } from 'zod';
import { SwitchboardError } from '../lib/index.ts';
import { listed, wholeNumber } from './setting-values.ts';

/** How calls of pages come in. */
export interface BrowserSettings {
  /** False: by WebSocket only. */
  readonly webrtc: boolean;
  /** UDP port of all calls; 0: any free one. */
  readonly webrtcPort: number;
  /** Addresses told to browsers instead of the machine's own. */
  readonly webrtcAddresses: readonly string[];
  /** How long a call waits for a caller whose connection was lost; 0: not at all. */
  readonly returnWithinMs: number;
  /** Origins besides our own whose pages may place calls. */
  readonly allowedOrigins: readonly string[];
}

/** Variables of {@link BrowserSettings}, for the environment's schema. */
export const browserEnvironment = {
  /** Whether browsers may call over WebRTC: `on` or `off`. Off, they call over the call socket. */
  SWITCHBOARD_WEBRTC: z.enum(['on', 'off'], { error: 'must be on or off' }).default('on'),
  /** UDP port for all calls over WebRTC; 0 takes any free one. */
  SWITCHBOARD_WEBRTC_PORT: wholeNumber(0, 65_535).default(0),
  /** Addresses told to browsers instead of the machine's own, separated by commas. */
  SWITCHBOARD_WEBRTC_ADDRESSES: z.string().default(''),
  /** How long a call waits for a browser whose connection was lost, in milliseconds; 0: not at all. */
  SWITCHBOARD_RETURN_WITHIN_MS: wholeNumber(0, 600_000).default(20_000),
  /** Origins besides our own whose pages may place calls, such as `https://www.example.com`, separated by commas. */
  SWITCHBOARD_ALLOWED_ORIGINS: z.string().default(''),
} as const;

/** @throws SwitchboardError config_invalid */
export function browserSettings(
  values: z.infer<z.ZodObject<typeof browserEnvironment>>,
): BrowserSettings {
  return Object.freeze<BrowserSettings>({
    webrtc: values.SWITCHBOARD_WEBRTC === 'on',
    webrtcPort: values.SWITCHBOARD_WEBRTC_PORT,
    webrtcAddresses: Object.freeze(listed(values.SWITCHBOARD_WEBRTC_ADDRESSES)),
    returnWithinMs: values.SWITCHBOARD_RETURN_WITHIN_MS,
    allowedOrigins: Object.freeze(listed(values.SWITCHBOARD_ALLOWED_ORIGINS).map(originOf)),
  });
}

/** An origin as browsers write it. A path, a wildcard or `null` is none. */
function originOf(text: string): string {
  const url = URL.parse(text);
  const isHttp = url !== null && /^https?:$/.test(url.protocol);
  const isOrigin = isHttp && [url.origin, `${url.origin}/`].includes(text);
  if (isOrigin) return url.origin;
  throw new SwitchboardError(
    'config_invalid',
    `The environment variable SWITCHBOARD_ALLOWED_ORIGINS has "${text}", which is no origin such as https://www.example.com.`,
  );
}
