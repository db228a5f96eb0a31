import { z } from 'zod';
import type { Note } from './call-context.ts';
import type { Desk } from './definition.ts';
import { edgesOf } from './edges.ts';
import { deskTool, type DeskTool, type ToolRunInfo } from './tool.ts';

/** Name of the tool that notes that a caller wants to be called back. */
export const requestCallbackToolName = 'request_callback';
/** Name of the tool that takes a message. */
export const leaveMessageToolName = 'leave_message';

/** Stored for people to call; nothing here dials. At least seven characters: no national number is shorter with its area. */
const phone = z
  .string()
  .regex(/^[\d+][\d +()-]{6,24}$/)
  .describe('The number to call back, digit by digit');
const when = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .describe('When the caller wants to be called back, as they say it');
const name = z.string().trim().min(1).max(80).describe("The caller's name, as they say it");
const message = z
  .string()
  .trim()
  .min(1)
  .max(1_000)
  .describe('What the caller wants to have passed on, in their own words');

const made = new Map<string | undefined, readonly DeskTool[]>();

/**
 * The tools that an agent has without being given them: who may bring in people may also note a
 * callback or a message for them, because nobody may be there. A tool of the desk with the same name
 * takes their place.
 */
export function runtimeToolsOf(desk: Desk, agent: string): readonly DeskTool[] {
  const queues = edgesOf(desk, agent).flatMap(({ to, toPeople }) => (toPeople ? [to] : []));
  if (queues.length === 0) return [];
  const own = new Set((desk.agents[agent]?.tools ?? []).map((tool) => tool.name));
  // For one queue it is meant for them; for several, whoever reads it first knows best.
  const queue = queues.length === 1 ? queues[0] : undefined;
  const tools = made.get(queue) ?? noteTools(queue);
  made.set(queue, tools);
  return tools.filter((tool) => !own.has(tool.name));
}

function noteTools(queue: string | undefined): readonly DeskTool[] {
  const noteFrom = (note: Note, run: ToolRunInfo): Note => ({
    ...note,
    ...(queue === undefined ? {} : { queue }),
    idempotencyKey: run.idempotencyKey,
  });
  return [
    deskTool({
      name: requestCallbackToolName,
      description:
        'Note that the caller wants to be called back by a person. For when nobody can take the call now.',
      parameters: z.object({ phone, when }),
      async execute(input, call, run) {
        const customer = call.customer();
        const text = `Call back on ${input.phone}, ${input.when}.`;
        await call.leaveNote(
          noteFrom(
            { kind: 'callback', ...input, ...(customer && { name: customer.name }), text },
            run,
          ),
        );
        return { noted: 'callback', ...input };
      },
    }),
    deskTool({
      name: leaveMessageToolName,
      description:
        'Take a message for a person to read later. For when nobody can take the call now.',
      parameters: z.object({ name, message }),
      async execute(input, call, run) {
        await call.leaveNote(
          noteFrom({ kind: 'message', name: input.name, text: input.message }, run),
        );
        return { noted: 'message' };
      },
    }),
  ];
}
