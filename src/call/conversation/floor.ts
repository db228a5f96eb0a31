/**
 * Whether the engine has something to say: a mirror of the responses under way and asked for.
 *
 * The Agents SDK holds a `response.create` back while another response is active, so a request can be
 * `sent` or still `held`. Without it a call would be called idle between a tool's output and the
 * answer to it.
 */
export interface Floor {
  /** Responses the engine has begun and not ended. */
  readonly active: ReadonlySet<string>;
  /** A `response.create` is on its way. */
  readonly sent: boolean;
  /**
   * More that wait for the active response to end, in order. Those that only ask to go on are one and
   * the same to the SDK, while they stand side by side; a sentence of the runtime's own is always one more.
   */
  readonly held: readonly ('next' | 'own')[];
  /** The caller's turn ended, and the engine will answer by itself (`create_response`). */
  readonly answerDue: boolean;
}

/** Nothing under way. */
export const idleFloor: Floor = { active: new Set(), sent: false, held: [], answerDue: false };

/** What moves the floor. */
export type FloorEvent =
  /** `own`: a sentence of the runtime's own. @default false */
  | { readonly type: 'requested'; readonly own?: boolean }
  | { readonly type: 'created'; readonly responseId: string }
  | { readonly type: 'done'; readonly responseId: string }
  /** The engine rejected a `response.create`. */
  | { readonly type: 'rejected' }
  | { readonly type: 'caller_finished' }
  /** No answer came in time: the engine heard nothing worth one. */
  | { readonly type: 'answer_overdue' };

/** Pure transition. */
export function stepFloor(floor: Floor, event: FloorEvent): Floor {
  switch (event.type) {
    case 'requested':
      return floor.sent || floor.active.size > 0
        ? { ...floor, held: hold(floor.held, event.own ? 'own' : 'next') }
        : { ...floor, sent: true };
    case 'created':
      return {
        ...floor,
        active: new Set([...floor.active, event.responseId]),
        sent: false,
        answerDue: false,
      };
    case 'done': {
      const active = new Set([...floor.active].filter((id) => id !== event.responseId));
      return active.size === 0 ? release({ ...floor, active }) : { ...floor, active };
    }
    case 'rejected':
      return floor.active.size === 0
        ? release({ ...floor, sent: false })
        : { ...floor, sent: false };
    case 'caller_finished':
      return { ...floor, answerDue: true };
    case 'answer_overdue':
      return { ...floor, answerDue: false };
  }
}

/** Sends the one that has waited longest, unless one is on its way. */
function release(floor: Floor): Floor {
  if (floor.sent || floor.held.length === 0) return floor;
  return { ...floor, sent: true, held: floor.held.slice(1) };
}

function hold(held: Floor['held'], next: Floor['held'][number]): Floor['held'] {
  return next === 'next' && held.at(-1) === 'next' ? held : [...held, next];
}

/** True while the engine speaks, prepares to, or was asked to. */
export function isBusy(floor: Floor): boolean {
  return floor.active.size > 0 || floor.sent || floor.held.length > 0 || floor.answerDue;
}
