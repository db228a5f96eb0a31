import { LLMock, type ChatCompletionRequest, type ChatMessage } from '@copilotkit/aimock';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { placeCall, type CallerTurn, type PlacedCall } from '../src/cli/caller/index.ts';
import { watchHangUps } from '../src/testing/hang-ups.ts';
import { eventsOf, handoffsOf, transcriptOf } from './support/callers.ts';
import { startLine, testFolder } from './support/line.ts';

/** A server of chat completions that is not ours, with an answer for everything the calls below bring. */
let model: LLMock;
/** Enough to write for longer than it takes to be spoken over. */
const days = 'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' ');
const greeting = 'Hello, this is Garden Bridge Dental. How can I help you?';

beforeEach(async () => {
  model = new LLMock({ port: 0, host: '127.0.0.1', logLevel: 'silent', chunkSize: 8 });
  await model.start();
});
afterEach(() => model.stop());

const textOf = ({ content }: ChatMessage): string => (typeof content === 'string' ? content : '');
const last = ({ messages }: ChatCompletionRequest): ChatMessage =>
  messages.at(-1) ?? { role: 'user', content: '' };
/** The last message is this, and the agent who is asked has this tool. */
const when = (said: RegExp, tool: string) => ({
  predicate: (request: ChatCompletionRequest) =>
    said.test(textOf(last(request))) &&
    (request.tools ?? []).some((one) => one.function.name === tool),
});

function teach(): void {
  model.on(when(/on the line\. Begin/, 'transfer_to_scheduling'), { content: greeting });
  model.on(when(/appointment/, 'transfer_to_scheduling'), {
    toolCalls: [
      {
        name: 'transfer_to_scheduling',
        arguments: '{"reason":"wants an appointment","summary":"wants an appointment"}',
      },
    ],
  });
  model.on(
    when(/slot_id/, 'list_slots'),
    {
      content: 'There is **room** at half past nine. There is room at ten, too. '.concat(
        ...days.map((day) => `On the ${day} we have room as well, and all day. `),
      ),
    },
    { streamingProfile: { ttft: 20, tps: 15 } },
  );
  model.on(when(/./, 'list_slots'), (request) =>
    last(request).role === 'tool' || textOf(last(request)).includes('appointment')
      ? { toolCalls: [{ name: 'list_slots', arguments: `{"date":"${nextMonday()}"}` }] }
      : { content: 'As you wish. Goodbye for now.' },
  );
}

function nextMonday(): string {
  const day = new Date();
  day.setUTCDate(day.getUTCDate() + ((8 - day.getUTCDay()) % 7 || 7));
  return day.toISOString().slice(0, 10);
}

async function callWith(
  turns: readonly CallerTurn[],
  env: Readonly<Record<string, string>> = {},
): Promise<PlacedCall> {
  await using folder = await testFolder();
  await using line = await startLine({
    ...folder,
    env: {
      LOG_LEVEL: 'error',
      SWITCHBOARD_LLM_URL: `${model.url}/v1`,
      SWITCHBOARD_LLM_MODEL: 'any',
      ...env,
    },
  });
  return await placeCall({ url: line.url, turns });
}

const saidBy = (call: PlacedCall): readonly string[] =>
  eventsOf(call.events, 'turn.agent').map(({ text }) => text);

test('a model takes a call: greeting, handoff, tool, and it stops writing when spoken over', async () => {
  teach();
  using hangUps = watchHangUps();
  const call = await callWith([
    { type: 'type', text: 'I would like an appointment' },
    { type: 'type', text: 'stop please, that will do', interruptAfterMs: 1_500 },
  ]);
  const transcript = transcriptOf(call);
  expect(call.isClean, transcript).toBe(true);
  expect(saidBy(call).join(' '), transcript).toContain(greeting);
  expect(handoffsOf(call), transcript).toEqual(['triage>scheduling']);
  expect(
    eventsOf(call.events, 'tool.returned').map(({ tool }) => tool),
    transcript,
  ).toContain('list_slots');
  const cut = eventsOf(call.events, 'turn.agent').find(({ text }) =>
    text.startsWith('There is room'),
  );
  expect(cut?.interrupted, transcript).toBe(true);
  expect(hangUps.count(), transcript).toBe(1);
  expect(saidBy(call).join(' '), transcript).toContain('As you wish.');
});

test('a model that fails is a sentence to the caller, and the call goes on', async () => {
  teach();
  const turns: CallerTurn[] = [
    { type: 'type', text: 'hello?' },
    { type: 'type', text: 'hello??' },
  ];
  const call = await callWith(turns);
  const transcript = transcriptOf(call);
  expect(call.isClean, transcript).toBe(true);
  const said = saidBy(call).join(' ');
  expect(said.startsWith(greeting), transcript).toBe(true);
  expect(said, transcript).toMatch(/I'm sorry, I lost my thread.*I'm sorry, I'm having trouble/);
  expect(eventsOf(call.events, 'engine.failed')).toEqual([]);
});

test('where it is told to, the offline mind takes the turns of a model that fails', async () => {
  model.setChaos({ dropRate: 1 });
  const call = await callWith([{ type: 'type', text: 'I have a question about an invoice' }], {
    SWITCHBOARD_LLM_FALLBACK: 'offline',
  });
  const transcript = transcriptOf(call);
  expect(saidBy(call).join(' '), transcript).toContain(greeting);
  expect(handoffsOf(call), transcript).toEqual(['triage>billing']);
  expect(saidBy(call).join(' '), transcript).not.toMatch(/sorry/);
});
