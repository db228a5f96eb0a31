import { join } from 'node:path';
import { expect, it } from 'vitest';
import { placeCall } from './caller/index.ts';
import { runCommand } from './testing/run-command.ts';
import { serverProcesses } from './testing/server-process.ts';

const { start, folder } = serverProcesses();

it(
  'a new desk takes a call that reaches its second agent and a tool',
  { timeout: 120_000 },
  async () => {
    const env = { SWITCHBOARD_DESKS_DIR: join(folder(), 'desks') };
    expect(await runCommand(['init', 'salon'], env)).toMatchObject({ code: 0 });
    const server = await start(env);
    const { events, isClean } = await placeCall({
      url: server.url,
      turns: [
        { type: 'type', text: 'is my bike ready' },
        { type: 'type', text: '417' },
        { type: 'type', text: 'thanks, goodbye' },
      ],
      lingerMs: 10_000,
    });
    expect(isClean).toBe(true);
    const facts = events.map((event): unknown => event);
    expect(facts).toContainEqual(
      expect.objectContaining({ type: 'handoff.completed', from: 'reception', to: 'workshop' }),
    );
    expect(facts).toContainEqual(
      expect.objectContaining({
        type: 'tool.returned',
        agent: 'workshop',
        tool: 'find_repair',
        ok: true,
      }),
    );
    const said = events.flatMap((event) => (event.type === 'turn.agent' ? [event.text] : []));
    expect(said.join(' ')).toContain('new chain and brakes');
  },
);
