import type { ErrorCode } from '../../lib/index.ts';

/** What the database process is started with (its one argument, as JSON). */
export interface DatabaseProcessOptions {
  readonly dataDir: string;
  readonly templateFolder: string;
}

/** What the database process tells its parent, over the channel that `fork` makes. */
export type DatabaseProcessMessage =
  | { readonly type: 'ready'; readonly port: number; readonly password: string }
  | { readonly type: 'failed'; readonly code: ErrorCode; readonly message: string };
