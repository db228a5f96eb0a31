import { z } from 'zod';
import { callSummary, trailEvent, callEndReason } from './trail.ts';

/**
 * The call socket between a page (or the command-line caller) and our server: `GET /call` upgraded.
 *
 * Binary frames are audio: PCM, signed 16 bit little endian, mono, 24 kHz, up to 200 ms a frame,
 * caller to server as captured, server to caller paced at 20 ms. Text frames are the JSON below.
 */
export const callSocketRateHz = 24_000;

/** What the page may send. The first frame must be `start`. */
export const callClientMessage = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('start'),
    /** Name of the desk; the server's default desk when left out. */
    desk: z.string().min(1).max(64).optional(),
  }),
  z.strictObject({ type: z.literal('say'), text: z.string().min(1).max(2000) }),
  z.strictObject({ type: z.literal('hang_up') }),
]);
export type CallClientMessage = z.infer<typeof callClientMessage>;

/** What the server sends. */
export const callServerMessage = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('started'),
    callId: z.string(),
    desk: z.object({ name: z.string(), title: z.string() }),
    /** Display names of agents and of queues of people, by name. */
    agents: z.record(z.string(), z.string()),
    /** Whether the engine can hear speech; if not, why and what to do. */
    hearing: z.object({ available: z.boolean(), note: z.string().optional() }),
  }),
  /** A durable event: it is stored before it is sent. */
  z.object({ type: z.literal('trail'), event: trailEvent }),
  /** Words as they come, not durable; the turn's `turn.*` event with the same `itemId` replaces them. */
  z.object({
    type: z.literal('caption'),
    itemId: z.string(),
    speaker: z.enum(['caller', 'agent']),
    agent: z.string(),
    text: z.string(),
  }),
  /** Who has the floor. `listening` means: the agent's turn is over and has been played to its end. */
  z.object({
    type: z.literal('status'),
    agent: z.enum(['listening', 'thinking', 'speaking']),
    caller: z.enum(['silent', 'speaking']),
    activeAgent: z.string(),
  }),
  /** Drop all audio not yet played, at once. */
  z.object({ type: z.literal('clear') }),
  /** The last message of a call. */
  z.object({ type: z.literal('ended'), reason: callEndReason, detail: z.string().optional() }),
  /** The call could not be taken; the socket closes after it. `message` is for people. */
  z.object({ type: z.literal('refused'), code: z.string(), message: z.string() }),
]);
export type CallServerMessage = z.infer<typeof callServerMessage>;

/** `GET /api/desks` */
export const desksResponse = z.object({
  defaultDesk: z.string(),
  desks: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      firstAgent: z.string(),
      agents: z.array(
        z.object({
          name: z.string(),
          label: z.string(),
          handoffDescription: z.string(),
          /** Names of agents and of queues of people. */
          handoffs: z.array(z.string()),
          tools: z.array(z.string()),
        }),
      ),
      /** Queues of people whom agents may bring in. */
      people: z.array(
        z.object({ name: z.string(), label: z.string(), handoffDescription: z.string() }),
      ),
      /** Things a caller could say first, for the page to suggest. */
      suggestions: z.array(z.string()),
    }),
  ),
  engine: z.object({
    kind: z.enum(['embedded', 'openai', 'compatible']),
    model: z.string(),
    hearing: z.object({ available: z.boolean(), note: z.string().optional() }),
  }),
});
export type DesksResponse = z.infer<typeof desksResponse>;

/** `GET /api/calls` (newest first) */
export const callsResponse = z.object({ calls: z.array(callSummary) });
export type CallsResponse = z.infer<typeof callsResponse>;

/** `GET /api/calls/:callId/trail` */
export const trailResponse = z.object({ events: z.array(trailEvent) });
export type TrailResponse = z.infer<typeof trailResponse>;

/** Asks for a handoff along an edge of the agent who has the caller. */
export const handOffRequest = z.strictObject({
  /** Name of an agent or of a queue of people. */
  to: z.string().min(1).max(128),
  /** What the edge carries. */
  packet: z.record(z.string(), z.unknown()).default({}),
});
export const handOffResponse = z.object({ ok: z.literal(true) });
