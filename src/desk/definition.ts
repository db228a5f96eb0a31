import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { CallContext } from './call-context.ts';
import type { Consult } from './consult.ts';
import type { Finding } from './finding.ts';
import type { Gate } from './gate.ts';
import type { OutputGuardrail } from './guardrail.ts';
import type { Handoff } from './handoff.ts';
import type { DeskLimits } from './limits.ts';
import type { PeopleQueue } from './people.ts';
import type { DeskTool } from './tool.ts';

/**
 * One specialist.
 *
 * `Name` are the agents of the desk, `Queue` its queues of people: an edge may lead to either.
 */
export interface AgentDefinition<Name extends string, Queue extends string = string> {
  /** Shown to people, e.g. `Billing`. */
  readonly label: string;
  /** When another agent should hand a caller to this one; becomes the description of the transfer. */
  readonly handoffDescription: string;
  /** What callers say who should come to this one, in their words; follow the description. */
  readonly examples?: readonly string[];
  /**
   * The prompt, in plain text or Markdown, or a function that makes it whenever the agent takes the
   * call. Date, weekday and zone are added to it.
   */
  readonly instructions: string | ((call: CallContext) => string | Promise<string>);
  readonly tools?: readonly DeskTool[];
  /** Agents and queues of people this one may hand the caller to: names, or edges with more to say. */
  readonly handoffs: readonly (
    NoInfer<Name> | NoInfer<Queue> | Handoff<NoInfer<Name> | NoInfer<Queue>>
  )[];
  /** Lets the caller be brought back to whoever had them before (`go_back`). @default false */
  readonly canReturn?: boolean;
  /** Agents this one may ask while it keeps the call. */
  readonly consults?: readonly Consult<NoInfer<Name>>[];
  /** Lets this agent end the call (`end_call`) after a goodbye. @default false */
  readonly canEndCall?: boolean;
}

/**
 * How the engine decides that the caller has finished speaking: by what they have said, which gives a
 * turn that sounds unfinished more time and a finished one less (`semantic_vad`), or by silence alone
 * (`server_vad`).
 */
export type TurnDetection = ByWords | BySilence;

/** Turns end by what was said. */
export interface ByWords {
  /** How soon the agent takes the word. @default 'auto', which is as `medium` */
  readonly eagerness: 'low' | 'medium' | 'high' | 'auto';
  readonly threshold?: never;
  readonly prefixMs?: never;
  readonly silenceMs?: never;
}

/** Turns end by silence. */
export interface BySilence {
  /** 0 to 1, higher needs clearer speech. @default 0.55 */
  readonly threshold?: number;
  /** Audio kept from before speech was noticed. @default 300 */
  readonly prefixMs?: number;
  /** Silence that ends a turn. @default 500 */
  readonly silenceMs?: number;
  readonly eagerness?: never;
}

/** A voice line: agents, edges and the data they work on. */
export interface Desk<Name extends string = string, Queue extends string = string> {
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
  /** What it opens a call with that we place. @default the greeting */
  readonly outboundGreeting?: string;
  /** What a caller hears when no agent can be reached. @default a sentence of the runtime's */
  readonly apology?: string;
  readonly agents: Readonly<Record<Name, AgentDefinition<Name, Queue>>>;
  /** People who can be brought in, by the name of their queue; no agent may have the same name. */
  readonly people?: Readonly<Record<Queue, PeopleQueue>>;
  /** Asked for every handoff, after the limits and before the edge's own. */
  readonly gates?: readonly Gate[];
  /** What no agent may say. */
  readonly guardrails?: readonly OutputGuardrail[];
  readonly limits?: Partial<DeskLimits>;
  /**
   * Calls by telephone are recorded by the carrier when the caller agrees to this question: by pressing 1,
   * or by saying yes. Anything else, silence too, is a no. @default not recorded, not asked
   */
  readonly recording?: { readonly ask: string };
  /** What a caller hears who says nothing: whether they are there, then a goodbye. @default sentences of the runtime's */
  readonly silence?: { readonly prompt?: string; readonly goodbye?: string };
  /**
   * An agent that still speaks when the call is handed over is heard to the end of its words
   * (`finish`), or cut. @default 'finish'
   */
  readonly handoffSpeech?: 'finish' | 'cut';
  readonly turnDetection?: TurnDetection;
  /**
   * Which way the audio of calls from pages goes: through the server (`relayed`), where it can be recorded,
   * listened in to and spoken into, or straight between the page and the engine (`direct`).
   * @default 'relayed'
   */
  readonly media?: 'relayed' | 'direct';
  /** Things a caller could say first; the page offers them. */
  readonly suggestions?: readonly string[];
  readonly data?: DeskData;
  /** What was wrong with it before it was a desk, kept for the linter by what made one of something else. */
  readonly problems?: readonly Finding[];
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

/** Checks names at compile time: edges must lead to keys of `agents` or `people`, `firstAgent` be one of `agents`. */
export function defineDesk<const Name extends string, const Queue extends string = never>(
  desk: Desk<Name, Queue>,
): Desk<NoInfer<Name>, NoInfer<Queue>> {
  return desk; // names are those of the desk alone, whatever type the result is put in
}
