import { describe, expect, it } from 'vitest';
import type { Mind, MindAct, MindInput } from './port.ts';

/** A session with one own tool and one transfer, for the contract. */
const base: MindInput = {
  instructions: 'Open the call by saying: "Good morning."',
  tools: [
    {
      name: 'find_parcel',
      description: 'Find a parcel.',
      parameters: {
        type: 'object',
        properties: {
          code: { type: 'string', pattern: '^P\\d{3}$', description: 'The parcel code' },
        },
        required: ['code'],
      },
    },
  ],
  toolChoice: 'auto',
  items: [{ type: 'message', role: 'user', text: 'please find my parcel p one two three' }],
};

/** What every mind promises, whatever thinks in it. */
export function mindContract(name: string, create: () => Mind): void {
  const answer = async (
    input: MindInput,
    signal = new AbortController().signal,
  ): Promise<MindAct[]> => {
    const mind = create();
    try {
      return await collected(mind.respond(input, signal));
    } finally {
      await mind[Symbol.asyncDispose]();
    }
  };

  describe(`mind contract: ${name}`, () => {
    it('does something when the caller has spoken', async () => {
      expect(await answer(base)).not.toEqual([]);
    });

    it('speaks before it calls, and calls at most once', async () => {
      const acts = await answer(base);
      const call = acts.findIndex(({ type }) => type === 'call');
      expect(call === -1 || call === acts.length - 1).toBe(true);
    });

    it('calls only tools of the session, with a JSON object', async () => {
      for (const act of await answer(base)) {
        if (act.type !== 'call') continue;
        expect(base.tools.map((tool) => tool.name)).toContain(act.name);
        expect(JSON.parse(act.arguments)).toBeTypeOf('object');
      }
    });

    it('calls nothing when no tool may be called', async () => {
      const acts = await answer({ ...base, toolChoice: 'none' });
      expect(acts.filter(({ type }) => type === 'call')).toEqual([]);
    });

    it('does nothing once aborted', async () => {
      const controller = new AbortController();
      controller.abort(new Error('cut off'));
      await expect(answer(base, controller.signal)).rejects.toThrow('cut off');
    });

    it('keeps nothing between responses', async () => {
      const mind = create();
      const { signal } = new AbortController();
      await collected(mind.respond({ ...base, items: [] }, signal));
      expect(await collected(mind.respond(base, signal))).not.toEqual([]);
      await mind[Symbol.asyncDispose]();
    });

    it('may be disposed of twice', async () => {
      const mind = create();
      await mind[Symbol.asyncDispose]();
      await mind[Symbol.asyncDispose]();
    });
  });
}

async function collected(acts: AsyncIterable<MindAct>): Promise<MindAct[]> {
  const all: MindAct[] = [];
  for await (const act of acts) all.push(act);
  return all;
}
