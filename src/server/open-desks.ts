import type { Desk } from '../desk/index.ts';
import type { Log } from '../lib/index.ts';
import type { Metrics } from '../telemetry/index.ts';
import type { OpenDesks } from './brought.ts';
import type { OpenStore, Parts } from './parts.ts';
import type { Settings } from './settings.ts';

/** What opening the desks works with. */
export interface OpenDesksPartOptions {
  readonly parts: Pick<Parts, 'openDesks' | 'loadStartCall'>;
  readonly settings: Pick<Settings, 'desksDir' | 'defaultDesk'>;
  /** Where their tables are. */
  readonly store: Promise<Pick<OpenStore, 'migrateDesk'>>;
  readonly metrics: Pick<Metrics, 'declareDesk'>;
  readonly log: Log;
}

/** Opens the desks. A desk's tables are there before its first call, and before a changed version's first. */
export async function openDesksPart(options: OpenDesksPartOptions): Promise<OpenDesks> {
  const { parts, settings, log } = options;
  const summaries = import('./desk-summary.ts'); // brings the Agents SDK along
  const prepare = async (desk: Desk): Promise<void> => {
    const { migrateDesk } = await options.store;
    await migrateDesk(desk);
    const { deskEdges } = await summaries;
    options.metrics.declareDesk({ name: desk.name, edges: deskEdges(desk) });
  };
  const [desks, startCall, { chooseDefaultDesk, deskSummary }] = await Promise.all([
    parts.openDesks(settings.desksDir, { log, prepare }),
    parts.loadStartCall(),
    summaries,
  ]);
  const defaultDesk = (): string => chooseDefaultDesk(desks, settings.defaultDesk);
  return {
    desks,
    startCall,
    defaultDesk,
    summary: async (engine) =>
      deskSummary({ desks: await desks.list(), defaultDesk: defaultDesk() }, engine),
  };
}
