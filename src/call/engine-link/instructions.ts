import { zonedParts } from '../../lib/index.ts';
import type { Desk } from '../../desk/index.ts';

/**
 * The instructions that reach the engine: the agent's prompt, today's date and time at the desk (no
 * model knows them), and how to begin.
 *
 * @param options.opening true for the first agent at the start of the call, which greets; any other
 *   time the agent takes a call that is under way, and must not greet again.
 */
export function instructionsFor(
  desk: Desk,
  prompt: string,
  options: {
    readonly opening: boolean;
    readonly nowMs: number;
    /** @default null */
    readonly outbound?: { readonly purpose: string } | null;
  },
): string {
  const { outbound = null } = options;
  const greeting = outbound === null ? desk.greeting : (desk.outboundGreeting ?? desk.greeting);
  const begin = options.opening
    ? `Open the call by saying: "${greeting}"`
    : "The call is already under way: go on with the caller's matter by yourself. Do not greet again.";
  const today = todayLine(desk.timeZone, options.nowMs);
  const why = outbound === null ? '' : `${whyWeCall(outbound.purpose)}\n`;
  return `${prompt.trim()}\n\n${today}\n${why}${begin}`;
}

function whyWeCall(purpose: string): string {
  const reason = purpose === '' ? '' : ` The reason for our call: ${purpose}`;
  return `We are calling them; they did not call us.${reason}`;
}

/** `Today is Monday, 23 November 2026. The time is 09:15. Time zone: Europe/London.` */
export function todayLine(timeZone: string, nowMs: number): string {
  const minute = Math.floor(nowMs / 60_000);
  const last = lastLines.get(timeZone);
  if (last?.minute === minute) return last.line;
  const line = lineFor(timeZone, nowMs);
  lastLines.set(timeZone, { minute, line });
  return line;
}

/** The same for all calls of a zone for a whole minute, and slow to make. */
const lastLines = new Map<string, { readonly minute: number; readonly line: string }>();

function lineFor(timeZone: string, nowMs: number): string {
  const get = partsIn(timeZone, nowMs);
  const date = `${get('weekday')}, ${get('day')} ${get('month')} ${get('year')}`;
  return `Today is ${date}. The time is ${get('hour')}:${get('minute')}. Time zone: ${timeZone}.`;
}

const partsIn = zonedParts({
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});
