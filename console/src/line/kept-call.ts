import type { Ticket } from './line-step.ts';

const key = 'switchboard.call';

/** A call that the page had when it was left, and how to come back to it. */
export interface KeptCall {
  readonly desk: string | undefined;
  readonly ticket: Ticket;
}

/**
 * Remembers the call for this tab only: a page that is loaded again goes on with it. The time to come
 * back runs from the last time.
 */
export function keepCall(call: KeptCall): void {
  write(JSON.stringify({ ...call, keptAtMs: Date.now() }));
}

/** The call is over, or gone on with elsewhere. */
export function forgetCall(): void {
  write(null);
}

/** The call that this tab had, unless the server has given it up by now. */
export function readKeptCall(): KeptCall | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null');
    if (!isKept(kept)) return null;
    const { desk, ticket, keptAtMs } = kept;
    return Date.now() - keptAtMs > ticket.withinMs ? null : { desk, ticket };
  } catch {
    return null; // no storage here, or something else wrote to it
  }
}

function write(text: string | null): void {
  try {
    if (text === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, text);
  } catch {
    // Site data is blocked: a reload ends the call.
  }
}

function isKept(value: unknown): value is KeptCall & { readonly keptAtMs: number } {
  return (
    isRecord(value) &&
    typeof value['keptAtMs'] === 'number' &&
    isRecord(value['ticket']) &&
    typeof value['ticket']['token'] === 'string' &&
    typeof value['ticket']['withinMs'] === 'number' &&
    (value['desk'] === undefined || typeof value['desk'] === 'string')
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
