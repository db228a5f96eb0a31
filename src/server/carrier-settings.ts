import { SwitchboardError } from '../lib/index.ts';
import { httpAddress, wholeNumber } from './setting-values.ts';

/** Variables that all carriers share, for the environment's schema. */
export const carrierEnvironment = {
  /** Address under which carriers reach this server, such as `https://line.example.com`. */
  PUBLIC_URL: httpAddress.optional(),
} as const;

/** How long a call waits for a caller whose media stream was lost, in milliseconds. */
export const returnWithinMs = wholeNumber(1_000, 600_000).default(20_000);

/**
 * What must be set when another variable is.
 *
 * @param because the variable that asks for it
 * @throws SwitchboardError config_invalid when it is not set
 */
export function needed(name: string, because: string, value: string | undefined): string {
  if (value !== undefined) return value;
  throw new SwitchboardError(
    'config_invalid',
    `The environment variable ${name} must be set, because ${because} is.`,
  );
}

/**
 * The address under which a carrier reaches this server, without a slash at its end.
 *
 * @param because the variable that asks for it
 * @throws SwitchboardError config_invalid when it is not set
 */
export function publicUrlFor(because: string, publicUrl: string | undefined): string {
  return needed('PUBLIC_URL', because, publicUrl).replace(/\/+$/, '');
}

/** The name that carriers call this server by, to be answered to. */
export function publicHost(publicUrl: string | undefined): readonly string[] {
  return publicUrl === undefined ? [] : [new URL(publicUrl).hostname.toLowerCase()];
}
