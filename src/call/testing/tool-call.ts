import type { Desk, DeskTool } from '../../desk/index.ts';
import type { TrailEvent } from '../../protocol/index.ts';
import { harness, quiet, until, type CallHarness } from './call-harness.ts';

/** What the model's function calls were answered with, in order. */
export const outputs = (h: Pick<CallHarness, 'session'>): readonly unknown[] =>
  h.session
    .of('conversation.item.create')
    .map((event) => event.item)
    .flatMap((item) =>
      item.type === 'function_call_output' ? [JSON.parse(item.output) as unknown] : [],
    );
/** How often the model was asked to go on. */
export const responses = (h: CallHarness): number =>
  h.session.of('response.create').filter((event) => event.response === undefined).length;
/** What the runtime had said by itself. */
export const said = (h: Pick<CallHarness, 'session'>): readonly string[] =>
  h.session
    .of('response.create')
    .flatMap((event) => /"(.*)"/.exec(event.response?.instructions ?? '')?.[1] ?? []);
/** Events of one type. */
export const eventsOf = async <T extends TrailEvent['type']>(h: CallHarness, type: T) =>
  (await h.trail()).filter(
    (event): event is Extract<TrailEvent, { type: T }> => event.type === type,
  );

/** A call with billing, which has these tools beside its own, and has greeted. */
export async function begin(
  tools: readonly DeskTool[],
  over: Partial<Desk> = {},
): Promise<CallHarness> {
  const h = await harness({
    script: [[]],
    desk: (desk) => {
      const { billing } = desk.agents;
      if (!billing) throw new Error('The test desk has billing.');
      return {
        ...desk,
        ...over,
        firstAgent: 'billing',
        limits: { toolTimeoutMs: 60, ...over.limits },
        agents: {
          ...desk.agents,
          billing: { ...billing, tools: [...(billing.tools ?? []), ...tools] },
        },
      };
    },
  });
  h.session.finish();
  await quiet(h);
  return h;
}
let calls = 0;
/** The model calls a tool; resolves with the answer it gets. */
export async function use(h: CallHarness, name: string, args: object): Promise<unknown> {
  const before = outputs(h).length;
  h.session.respond([{ call: name, arguments: JSON.stringify(args), callId: `fc_${++calls}` }]);
  await until(() => outputs(h).length > before, `an answer of ${name}`);
  await quiet(h);
  h.session.finish();
  return outputs(h).at(-1);
}
let turns = 0;
/** The agent says something, and the caller hears it. */
export async function agentSays(h: CallHarness, text: string): Promise<void> {
  h.session.respond([{ say: text, ms: 100, itemId: `agent_${++turns}` }]);
  await until(() => h.leg.queuedMs() > 0);
  h.leg.hearAll();
  await quiet(h);
}
/** The caller says something, and its words are known at once. */
export async function callerSays(h: CallHarness, text: string): Promise<void> {
  const itemId = `caller_${++turns}`;
  h.session.speechStarted(itemId);
  h.session.speechStopped(itemId, text);
  await quiet(h);
}
