import { z } from 'zod';
import { callEndReason, callSummary, legAbilities, trailEvent } from './trail.ts';

/**
 * A call comes over WebRTC (an offer to `POST /api/calls`) or over the call socket (`GET /call`
 * upgraded). Both carry the JSON messages below: in the data channel, or in text frames.
 *
 * Audio is in the track, or in binary frames of the socket: PCM, signed 16 bit little endian, mono,
 * 24 kHz, up to 200 ms a frame, caller to server as captured, server to caller paced at 20 ms.
 */
export const callSocketRateHz = 24_000;

/** A token is good for one return to a call. */
const resumeToken = z.string().min(1).max(128);

/** What the page may send. The first frame of a socket must be `start` or `resume`. */
export const callClientMessage = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('start'),
    /** Name of the desk; the server's default desk when left out. */
    desk: z.string().min(1).max(64).optional(),
    /** The page keeps the token of `started`: the call waits for it when the connection is lost. */
    resumable: z.boolean().optional(),
  }),
  z.strictObject({
    type: z.literal('resume'),
    token: resumeToken,
    /** `seq` of the last trail event that the page has; 0 for all. Those since its last connection when left out. */
    afterSeq: z.int().nonnegative().max(2_147_483_647).optional(),
  }),
  z.strictObject({ type: z.literal('say'), text: z.string().min(1).max(2000) }),
  /** Keys of a telephone, pressed one after another. */
  z.strictObject({ type: z.literal('press'), keys: z.string().regex(/^[0-9*#]{1,64}$/) }),
  z.strictObject({ type: z.literal('hang_up') }),
]);
export type CallClientMessage = z.infer<typeof callClientMessage>;

const account = {
  callId: z.string(),
  desk: z.object({ name: z.string(), title: z.string() }),
  /** Display names of agents and of queues of people, by name. */
  agents: z.record(z.string(), z.string()),
  /** Whether the engine can hear speech; if not, why and what to do. */
  hearing: z.object({ available: z.boolean(), note: z.string().optional() }),
  can: legAbilities.optional(),
  /** How to come back when the connection is lost; left out when nobody can. */
  resume: z.object({ token: z.string(), withinMs: z.number() }).optional(),
};

/** What the server sends. */
export const callServerMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('started'), ...account }),
  /** The call goes on over this connection. What was missed follows. */
  z.object({ type: z.literal('resumed'), ...account }),
  /** The call goes on over another connection, and this one closes. */
  z.object({ type: z.literal('moved') }),
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

/** `POST /api/calls`: the WebRTC offer of a page, and what `start` or `resume` would say. */
export const callOfferRequest = z.strictObject({
  /** With all candidates, or with none: they do not follow. */
  sdp: z.string().min(1).max(20_000),
  desk: z.string().min(1).max(64).optional(),
  resumable: z.boolean().optional(),
  /** Comes back to a call; `desk` and `resumable` are then the call's own. */
  resume: z
    .strictObject({
      token: resumeToken,
      afterSeq: z.int().nonnegative().max(2_147_483_647).optional(),
    })
    .optional(),
});
export type CallOfferRequest = z.infer<typeof callOfferRequest>;

/** Its answer, with status 201: `started` or `resumed` follows in the data channel once it is open. */
export const callOfferResponse = z.object({ sdp: z.string() });
export type CallOfferResponse = z.infer<typeof callOfferResponse>;

/** `GET /api/desks` */
export const desksResponse = z.object({
  defaultDesk: z.string(),
  desks: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      firstAgent: z.string(),
      /** Which way the audio of a page's call goes; a `direct` one may also be relayed. */
      media: z.enum(['relayed', 'direct']).default('relayed'),
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
export const callsResponse = z.object({
  calls: z.array(
    callSummary.extend({
      /** Of a call that is going on here. */
      can: legAbilities.optional(),
    }),
  ),
});
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
