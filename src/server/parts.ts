import type {
  Call,
  CallServices,
  EngineEndpoint,
  StartCallOptions,
  TrailStore,
} from '../call/index.ts';
import type {
  CarrierCallStore,
  LiveCall,
  DialStore,
  DoNotCallList,
  WakeUps,
  WebhookStore,
} from '../call/ports.ts';
import type { Desk, DeskRegistry, OpenDesksOptions } from '../desk/index.ts';
import type { EngineChoices } from '../engine/index.ts';
import type { Log } from '../lib/index.ts';

/** The database as the server uses it. */
export interface OpenStore extends AsyncDisposable {
  readonly trail: TrailStore;
  /** What calls keep in it beside their trail. */
  readonly services: Pick<
    CallServices,
    'database' | 'messages' | 'attempts' | 'notes' | 'doNotCall'
  >;
  /** Which calls of carriers are which of ours. */
  readonly carrierCalls: CarrierCallStore;
  readonly webhooks: WebhookStore;
  /** What calling out keeps in it. */
  readonly dialling: {
    readonly jobs: DialStore;
    readonly doNotCall: DoNotCallList;
    /** @throws SwitchboardError store_unavailable */
    readonly openWakeUps: (wake: (dialId: string) => Promise<void>) => Promise<WakeUps>;
  };
  /** Brings a desk's own tables and seed rows up to date. */
  readonly migrateDesk: (desk: Desk) => Promise<void>;
  /** False while the embedded database is started again. */
  isUp(): boolean;
  /** Stores something and waits until it is durable. @throws SwitchboardError store_unavailable */
  check(): Promise<void>;
}

/** Whether speech is understood; if not, why and what to do. */
export interface Hearing {
  readonly available: boolean;
  readonly note?: string | undefined;
}

/** Where calls are answered, right now. */
export type EngineState =
  | { readonly ok: true; readonly endpoint: EngineEndpoint; readonly hearing: Hearing }
  | { readonly ok: false; readonly message: string };

/** The engine as the server uses it: it may come and go while the server runs. */
export interface RunningEngine extends AsyncDisposable {
  state(): EngineState;
  /** Whether a call would be answered. @throws SwitchboardError engine_refused, engine_unavailable */
  check(signal: AbortSignal): Promise<void>;
}

/** Starts one call; resolves when the first agent is about to speak. */
export type StartCall = (options: StartCallOptions) => Promise<HeldCall>;

/** A call as the server holds it. */
export type HeldCall = LiveCall & Pick<Call, 'handOff'>;

/** The slow parts of the server, each started after the server listens, side by side. */
export interface Parts {
  openStore(options: {
    readonly dataDir: string;
    readonly cacheDir: string;
    readonly databaseUrl: string | undefined;
    readonly log: Log;
    /** Ends a start under way. */
    readonly signal: AbortSignal;
  }): Promise<OpenStore>;
  startEngine(options: {
    readonly remote: EngineEndpoint | null;
    /** What the embedded engine is made of. @default what comes along */
    readonly choices?: EngineChoices;
    readonly cacheDir: string;
    readonly log: Log;
    /** Ends a start under way, and the engine. */
    readonly signal: AbortSignal;
  }): Promise<RunningEngine>;
  openDesks(root: string, options: OpenDesksOptions): Promise<DeskRegistry>;
  loadStartCall(): Promise<StartCall>;
  /** Speech made in this process, for when there is no engine: PCM 16 bit mono at 24 kHz. */
  speak(
    text: string,
    options: { readonly voice: string; readonly log: Log; readonly signal: AbortSignal },
  ): Promise<Int16Array>;
}
