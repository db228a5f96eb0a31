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
  /** Another one waits for the active response to end. */
  readonly held: boolean;
  /** The caller's turn ended, and the engine will answer by itself (`create_response`). */
  readonly answerDue: boolean;
}

/** Nothing under way. */
export const idleFloor: Floor = { active: new Set(), sent: false, held: false, answerDue: false };

/** What moves the floor. */
export type FloorEvent =
  | { readonly type: 'requested' }
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
        ? { ...floor, held: true }
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
      const release = active.size === 0 && floor.held;
      return { ...floor, active, sent: floor.sent || release, held: floor.held && !release };
    }
    case 'rejected':
      return floor.active.size === 0 && floor.held
        ? { ...floor, sent: true, held: false }
        : { ...floor, sent: false };
    case 'caller_finished':
      return { ...floor, answerDue: true };
    case 'answer_overdue':
      return { ...floor, answerDue: false };
  }
}

/** True while the engine speaks, prepares to, or was asked to. */
export function isBusy(floor: Floor): boolean {
  return floor.active.size > 0 || floor.sent || floor.held || floor.answerDue;
}
