import type { InstalledModel } from '../../models/index.ts';
import type { Transcript } from '../port.ts';

/** What a worker is started with. */
export interface WorkerStart {
  readonly model: InstalledModel;
  /** Threads of the model's own for one turn. */
  readonly threads: number;
}

/** To a worker. A turn begins with its first audio. */
export type ToWorker =
  | { readonly type: 'push'; readonly id: number; readonly samples: Int16Array<ArrayBuffer> }
  | { readonly type: 'finish'; readonly id: number }
  | { readonly type: 'cancel'; readonly id: number }
  /** Finish what is under way, then end. */
  | { readonly type: 'close' };

/** From a worker. */
export type FromWorker =
  | { readonly type: 'ready' }
  /** So much more of a turn has been worked through; `text` when its words have changed. */
  | {
      readonly type: 'heard';
      readonly id: number;
      readonly samples: number;
      readonly text?: string;
    }
  | { readonly type: 'done'; readonly id: number; readonly transcript: Transcript }
  | { readonly type: 'failed'; readonly id: number; readonly message: string };
