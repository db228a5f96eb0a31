import type { DeskRegistry } from '../desk/index.ts';
import { SwitchboardError } from '../lib/index.ts';
import type { DesksResponse } from '../protocol/index.ts';
import type { EngineNow } from './hearing.ts';
import type { OpenLine } from './line.ts';
import type { Hearing } from './parts.ts';
import type { Part, PartState } from './readiness.ts';

/** What a server that takes calls can tell about itself. */
export interface ReadyLine {
  readonly desk: { readonly name: string; readonly title: string };
  readonly engine: { readonly kind: string; readonly model: string };
  readonly hearing: Hearing;
}

/** The slow parts of a server, each on its way up or there. */
export interface Brought {
  readonly engine: Part<OpenLine['engine']>;
  readonly store: Part<OpenLine['store']>;
  readonly desks: Part<OpenDesks>;
}

/** The desks, and what starts a call at one of them. */
export interface OpenDesks extends Pick<OpenLine, 'defaultDesk' | 'startCall'> {
  readonly desks: DeskRegistry;
  readonly summary: (engine: EngineNow) => Promise<DesksResponse>;
}

/** What a part is before it was begun. */
export const starting = { state: 'starting' } as const;

/** What calls need, once all of it is there. */
export function openLine({ engine, store, desks }: Brought): OpenLine | null {
  const states = { engine: engine.state(), store: store.state(), desks: desks.state() };
  if (states.engine.state !== 'ready' || states.store.state !== 'ready') return null;
  if (states.desks.state !== 'ready') return null;
  return { ...states.desks.value, engine: states.engine.value, store: states.store.value };
}

/** How each part is, by the name that people know it by. @param brought null: none is begun */
export function partStates(brought: Brought | null): Readonly<Record<string, PartState<unknown>>> {
  return {
    'the database': brought ? storeState(brought.store) : starting,
    'the engine': brought ? engineState(brought.engine) : starting,
    'the desks': brought?.desks.state() ?? starting,
  };
}

/** An engine that was started may be away for a moment, and calls cannot be taken then. */
function engineState(engine: Brought['engine']): PartState<unknown> {
  const state = engine.state();
  if (state.state !== 'ready') return state;
  const now = state.value.state();
  return now.ok ? state : { state: 'failed', message: now.message };
}

/** The embedded database is started again when it dies, and a call could not be kept meanwhile. */
function storeState(store: Brought['store']): PartState<unknown> {
  const state = store.state();
  if (state.state !== 'ready' || state.value.isUp()) return state;
  return { state: 'failed', message: 'It is being started again.' };
}

/** Resolves once calls can be taken. @throws what kept a part from starting */
export async function whenReady({ engine, store, desks }: Brought): Promise<ReadyLine> {
  const [running, , line] = await Promise.all([engine.started, store.started, desks.started]);
  const now = running.state();
  if (!now.ok) throw new SwitchboardError('engine_unavailable', now.message);
  const { name, title } = line.desks.get(line.defaultDesk());
  const { kind, model } = now.endpoint;
  return { desk: { name, title }, engine: { kind, model }, hearing: now.hearing };
}
