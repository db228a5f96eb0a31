import type { FunctionTool } from '@openai/agents';
import type { RealtimeContextData } from '@openai/agents/realtime';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';

/** Sends a text message to the caller (confirmation, payment link). A port: the desk never knows the carrier. */
export interface MessageSender {
  /** @throws when the message could not be handed on; the tool then says so. */
  send(message: {
    readonly callId: string;
    readonly kind: 'payment_link' | 'booking_confirmation';
    readonly text: string;
    readonly signal?: AbortSignal;
  }): Promise<{ readonly messageId: string }>;
}

/** What a tool of a desk gets as `runContext.context`. Rights come from here, never from the conversation. */
export interface CallContext {
  readonly callId: string;
  readonly desk: string;
  /** Postgres through Drizzle; the desk's own schema is where its tables are. */
  readonly database: NodePgDatabase;
  readonly messages: MessageSender;
  /** IANA zone of the desk. */
  readonly timeZone: string;
  /** Wall clock, milliseconds since the epoch. */
  nowMs(): number;
}

/**
 * A tool made with the Agents SDK's `tool()`, whatever its parameters and result. A tool both
 * takes these types and gives them back, so that no narrower type fits all; the SDK says `any` too.
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type DeskTool = FunctionTool<RealtimeContextData<CallContext>, any, any>;

/** One specialist. */
export interface AgentDefinition<Name extends string> {
  /** Shown to people, e.g. `Billing`. */
  readonly label: string;
  /** When another agent should hand a caller to this one; becomes the description of the transfer. */
  readonly handoffDescription: string;
  /** The prompt, in plain text or Markdown. Date, weekday and zone are added to it for each call. */
  readonly instructions: string;
  readonly tools?: readonly DeskTool[];
  /** Agents this one may hand the caller to. */
  readonly handoffs: readonly NoInfer<Name>[];
  /** Lets this agent end the call (`end_call`) after a goodbye. @default false */
  readonly canEndCall?: boolean;
}

/** How the engine decides that the caller has begun and finished speaking (`server_vad`). */
export interface TurnDetection {
  /** 0 to 1, higher needs clearer speech. @default 0.55 */
  readonly threshold: number;
  /** Audio kept from before speech was noticed. @default 300 */
  readonly prefixMs: number;
  /** Silence that ends a turn. @default 500 */
  readonly silenceMs: number;
}

/** A voice line: agents, edges and the data they work on. */
export interface Desk<Name extends string = string> {
  /** Folder name and identifier: lower case, digits, hyphens. */
  readonly name: string;
  /** Shown to people, e.g. the business's name. */
  readonly title: string;
  /** BCP 47. */
  readonly language: string;
  /** IANA zone. */
  readonly timeZone: string;
  /** One voice for the whole call (OpenAI's names). */
  readonly voice: string;
  readonly firstAgent: NoInfer<Name>;
  /** What the first agent opens the call with. */
  readonly greeting: string;
  readonly agents: Readonly<Record<Name, AgentDefinition<Name>>>;
  readonly turnDetection?: Partial<TurnDetection>;
  /** Longest a tool may run. @default 8000 */
  readonly toolTimeoutMs?: number;
  /** Things a caller could say first; the page offers them. */
  readonly suggestions?: readonly string[];
  readonly data?: DeskData;
}

/** A desk's own tables. */
export interface DeskData {
  /** Postgres schema that belongs to this desk alone. */
  readonly schema: string;
  /** Folder of SQL migrations as drizzle-kit writes them. */
  readonly migrationsDir: string;
  /** Brings seed rows up to date; runs at every start and must be safe to repeat. */
  seed?(
    database: NodePgDatabase,
    options: { readonly nowMs: number; readonly timeZone: string },
  ): Promise<void>;
}

/** Checks names at compile time: `handoffs` and `firstAgent` must be keys of `agents`. */
export function defineDesk<const Name extends string>(desk: Desk<Name>): Desk<Name> {
  return desk;
}
