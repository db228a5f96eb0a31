/** Bounds of one connection of a page. */
export interface PageLimits {
  /** Time to the first frame, which must be `start` or `resume`. @default 10000 */
  readonly startWithinMs: number;
  /** Frames that make no sense before the connection is closed. @default 20 */
  readonly malformedFrames: number;
  /** Bytes that may wait for a page that does not read. @default 524288 (about ten seconds) */
  readonly bufferedBytes: number;
  /** A page that answers no ping for this long is gone. @default 20000 */
  readonly silentForMs: number;
  /** Offers being answered, and peers that have not connected yet. @default 32 */
  readonly pendingPeers: number;
}

/** What holds unless something else is said. */
export const defaultLimits: PageLimits = {
  startWithinMs: 10_000,
  malformedFrames: 20,
  bufferedBytes: 512 * 1024,
  silentForMs: 20_000,
  pendingPeers: 32,
};
