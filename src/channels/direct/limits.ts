/** Bounds of one page whose audio goes straight to the engine. */
export interface DirectLimits {
  /** How long the page has until its media is up. @default 30000 */
  readonly connectWithinMs: number;
  /** Frames that make no sense before the control socket is closed. @default 20 */
  readonly malformedFrames: number;
  /** Bytes that may wait for a page that does not read. @default 524288 */
  readonly bufferedBytes: number;
  /** A page that answers no ping for this long is gone. @default 20000 */
  readonly silentForMs: number;
}

/** Defaults of {@link DirectLimits}. */
export const directDefaults: DirectLimits = {
  connectWithinMs: 30_000,
  malformedFrames: 20,
  bufferedBytes: 512 * 1024,
  silentForMs: 20_000,
};
