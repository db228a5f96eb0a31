import type { CallServerMessage, DesksResponse } from '../../../src/protocol/api.ts';
import { noDevices, type Devices } from '../audio/devices.ts';
import type { MicrophoneRefusal } from '../audio/microphone.ts';
import type { SoundNews } from '../audio/sound.ts';
import type { LineState, OverReason } from '../line/line-step.ts';
import { upsert, type Entry, type TrailEvent } from './call-entries.ts';
import { recordEvent } from './call-record.ts';

type Message<T extends CallServerMessage['type']> = Extract<CallServerMessage, { type: T }>;

/** Everything the page knows of the call. */
export interface CallState {
  readonly phase: 'idle' | 'connecting' | 'live' | 'ended';
  /** Where it stands on its way to the server. */
  readonly line: LineState;
  readonly sound: SoundState;
  readonly callId: string | null;
  readonly deskTitle: string | null;
  /** Display names of agents and of queues of people, by name. */
  readonly agentLabels: Readonly<Record<string, string>>;
  readonly status: Omit<Message<'status'>, 'type'>;
  readonly lastHandoff: { readonly from: string; readonly to: string } | null;
  /** The operator who has the caller. */
  readonly person: { readonly queue: string; readonly operator: string } | null;
  /** A tool asks for keys that it alone gets; the microphone is not heard meanwhile. */
  readonly keysWanted: { readonly agent: string; readonly prompt: string } | null;
  readonly entries: readonly Entry[];
  /** The engine cannot hear, and perhaps why and what to do; null when it can. */
  readonly deafness: { readonly note: string | undefined } | null;
  readonly outcome: CallOutcome | null;
}

/** Why a call ended, as the server has it. */
export type EndReason = Message<'ended'>['reason'];

/** How a call came to its end. */
export type CallOutcome =
  | { readonly kind: 'ended'; readonly reason: EndReason; readonly detail?: string | undefined }
  /** In the server's own words. */
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'over'; readonly reason: Exclude<OverReason, 'ended' | 'refused'> };

/** The caller's microphone and loudspeaker. */
export interface SoundState {
  /** Why the caller is not heard. */
  readonly refusal: MicrophoneRefusal | null;
  readonly devices: Devices;
  /** Ids of those in use, as far as they are known. */
  readonly microphone: string | undefined;
  readonly speaker: string | undefined;
  readonly isMuted: boolean;
  /** The browser keeps the page silent until it is clicked. */
  readonly isBlocked: boolean;
}

/** What can happen to {@link CallState}. */
export type CallAction =
  | { readonly type: 'called' }
  | { readonly type: 'line'; readonly line: LineState }
  | { readonly type: 'sound'; readonly news: SoundNews }
  | { readonly type: 'muted'; readonly isMuted: boolean }
  | { readonly type: 'received'; readonly message: CallServerMessage };

/** Before any call. */
export const idleCall: CallState = {
  phase: 'idle',
  line: { name: 'idle' },
  sound: {
    refusal: null,
    devices: noDevices,
    microphone: undefined,
    speaker: undefined,
    isMuted: false,
    isBlocked: false,
  },
  callId: null,
  deskTitle: null,
  agentLabels: {},
  status: { agent: 'listening', caller: 'silent', activeAgent: '' },
  lastHandoff: null,
  person: null,
  keysWanted: null,
  entries: [],
  deafness: null,
  outcome: null,
};

/** The one place where the state of a call changes. Pure. */
export function reduceCall(state: CallState, action: CallAction): CallState {
  switch (action.type) {
    case 'called':
      return { ...idleCall, phase: 'connecting' };
    case 'line':
      return moveLine(state, action.line);
    case 'sound':
      return { ...state, sound: hearNews(state.sound, action.news) };
    case 'muted':
      return { ...state, sound: { ...state.sound, isMuted: action.isMuted } };
    case 'received':
      return receive(state, action.message);
  }
}

function moveLine(state: CallState, line: LineState): CallState {
  const moved = { ...state, line };
  if (line.name !== 'over') return moved;
  const { reason } = line;
  // The server's own words follow.
  if (reason === 'ended' || reason === 'refused') return moved;
  return end(moved, state.outcome ?? { kind: 'over', reason });
}

function hearNews(sound: SoundState, news: SoundNews): SoundState {
  switch (news.type) {
    case 'microphone':
      return { ...sound, refusal: news.refusal, microphone: news.id };
    case 'speaker':
      return { ...sound, speaker: news.id };
    case 'devices':
      return { ...sound, devices: news.devices };
    case 'blocked':
      return { ...sound, isBlocked: news.isBlocked };
  }
}

function receive(state: CallState, message: CallServerMessage): CallState {
  switch (message.type) {
    case 'started':
    case 'resumed':
      return {
        ...state,
        phase: 'live',
        callId: message.callId,
        agentLabels: message.agents,
        deskTitle: message.desk.title,
        deafness: message.hearing.available ? null : { note: message.hearing.note },
      };
    case 'status': {
      const { type: _type, ...status } = message;
      return { ...state, status };
    }
    case 'caption':
      return {
        ...state,
        entries: upsert(state.entries, {
          kind: 'turn',
          key: message.itemId,
          speaker: message.speaker,
          agent: message.agent,
          text: message.text,
          final: false,
          interrupted: false,
        }),
      };
    case 'trail':
      return record(state, message.event);
    case 'ended':
      return end(state, { kind: 'ended', reason: message.reason, detail: message.detail });
    case 'refused':
      return end(state, { kind: 'refused', message: message.message });
    case 'moved':
    case 'clear':
      return state; // the line knows
  }
}

function record(state: CallState, event: TrailEvent): CallState {
  const next = { ...state, entries: recordEvent(state.entries, event) };
  switch (event.type) {
    case 'handoff.completed':
      return { ...next, lastHandoff: { from: event.from, to: event.to } };
    case 'person.requested':
      return { ...next, lastHandoff: { from: event.from, to: event.queue } };
    case 'person.accepted':
      return { ...next, person: { queue: event.queue, operator: event.operator } };
    case 'person.left':
      return { ...next, person: null, lastHandoff: { from: event.queue, to: event.to } };
    case 'person.declined':
      return { ...next, lastHandoff: null };
    case 'keys.requested':
      return { ...next, keysWanted: { agent: event.agent, prompt: event.prompt } };
    case 'keys.collected':
      return { ...next, keysWanted: null };
    default:
      return next;
  }
}

function end(state: CallState, outcome: CallOutcome): CallState {
  return {
    ...state,
    phase: 'ended',
    outcome,
    person: null,
    keysWanted: null,
    status: { ...state.status, agent: 'listening', caller: 'silent' },
    // Words that never became a turn were not heard to the end.
    entries: state.entries.filter((entry) => entry.kind !== 'turn' || entry.final),
  };
}

/** The desk the page calls, out of the server's list. */
export function defaultDesk(response: DesksResponse): DesksResponse['desks'][number] | undefined {
  return response.desks.find((desk) => desk.name === response.defaultDesk) ?? response.desks[0];
}
