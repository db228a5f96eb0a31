/** The session of a `session.update`, as it is on the wire. */
export type WireSession = Readonly<Record<string, unknown>>;

/**
 * A call at the engine that our session joins: its audio goes straight between caller and engine, and
 * none of it over our connection. The engine plays, cuts and tells what was heard.
 *
 * @see https://platform.openai.com/docs/guides/realtime-server-controls
 */
export interface AttachTo {
  /** How the caller reaches the engine. A telephone call takes fewer settings. */
  readonly over: 'webrtc' | 'sip';
  /** `rtc_…`, or what opens or accepts the call with the first agent's session. */
  readonly callId: string | ((at: AttachPoint) => Promise<string>);
  /** How long that may take, in milliseconds. @default 10000 */
  readonly withinMs?: number;
  /** Resolves once the caller can hear: the first agent greets then. @default at once */
  readonly ready?: Promise<unknown>;
}

/** What a call at the engine is opened with. */
export interface AttachPoint {
  /** The first agent's session with the model, as it is on the wire. */
  readonly session: WireSession;
  readonly calls: EngineCalls;
  /** Aborts when the call is not to begin any more. */
  readonly signal: AbortSignal;
}

/** A call that a browser's offer has opened at the engine. */
export interface OpenedCall {
  /** `rtc_…` */
  readonly callId: string;
  /** The engine's answer, SDP. */
  readonly answer: string;
}

/** A key for one browser that may open one session as we described it. */
export interface ClientSecret {
  /** `ek_…` */
  readonly value: string;
  /** Wall clock, seconds since the epoch. */
  readonly expiresAt: number;
}

/**
 * Calls that go straight between callers and an engine: its HTTP side.
 *
 * All throw SwitchboardError: `engine_refused` for a key or a request that is not taken, `not_found` for a
 * call that is over or never was, `engine_unavailable` for anything else.
 *
 * @see https://platform.openai.com/docs/api-reference/realtime-calls
 */
export interface EngineCalls {
  /** Where browsers post their offers with a secret. */
  readonly offersUrl: string;
  /** Opens a call with a browser's offer. */
  open(offerSdp: string, session: WireSession, signal?: AbortSignal): Promise<OpenedCall>;
  /** Makes a secret for one browser. @param seconds how long it may be used */
  mintSecret(session: WireSession, seconds: number, signal?: AbortSignal): Promise<ClientSecret>;
  /** Accepts an incoming SIP call. */
  accept(callId: string, session: WireSession, signal?: AbortSignal): Promise<void>;
  /** Declines an incoming SIP call. @param status of SIP, e.g. 486 */
  reject(callId: string, status: number): Promise<void>;
  /** Sends the caller of a SIP call elsewhere. @param target `tel:+441632960000` or a SIP address */
  refer(callId: string, target: string, signal?: AbortSignal): Promise<void>;
  hangUp(callId: string): Promise<void>;
}
