import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { placeCall } from '../src/cli/caller/index.ts';
import { callsResponse, trailResponse, type TrailEvent } from '../src/protocol/index.ts';
import { eventsOf } from './support/callers.ts';
import { startLine, testFolder } from './support/line.ts';

/** Children of a process, by what they run. */
function childrenOf(pid: number): readonly { readonly pid: number; readonly command: string }[] {
  const rows = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(pid)], {
    encoding: 'utf8',
  });
  return rows
    .trim()
    .split('\n')
    .map((row) => ({ pid: Number.parseInt(row, 10), command: row.trim() }));
}

test('what a caller was told survives kill -9 of everything', async () => {
  await using folder = await testFolder();
  const told: TrailEvent[] = [];
  {
    await using line = await startLine(folder);
    const cut = placeCall({
      url: line.url,
      turns: [
        { type: 'type', text: 'I have a question about an invoice' },
        { type: 'type', text: 'INV-1042' },
        { type: 'type', text: 'thanks' },
      ],
      onMessage(message) {
        if (message.type !== 'trail') return;
        told.push(message.event);
        if (message.event.type === 'tool.returned') void line.kill();
      },
    });
    await expect(cut).rejects.toMatchObject({ code: 'call_failed' });
  }
  expect(eventsOf(told, 'tool.returned')).toHaveLength(1);

  await using again = await startLine(folder);
  const [call] = callsResponse.parse(await (await fetch(`${again.url}/api/calls`)).json()).calls;
  expect(call?.callId).toBe(told[0]?.callId);
  const trail = await fetch(`${again.url}/api/calls/${String(call?.callId)}/trail`);
  const { events } = trailResponse.parse(await trail.json());
  expect(events.slice(0, told.length)).toEqual(told);
});

test('the engine may die in mid-call: the call ends with a reason, and the next one is taken', async () => {
  await using folder = await testFolder();
  await using line = await startLine(folder);
  const lost = await placeCall({
    url: line.url,
    turns: [{ type: 'type', text: 'I have a question about an invoice' }],
    onMessage(message) {
      if (message.type !== 'trail' || message.event.type !== 'handoff.completed') return;
      const engine = childrenOf(line.pid).find(({ command }) => command.includes('src/engine/'));
      if (engine) process.kill(engine.pid, 'SIGKILL');
    },
  });
  expect(lost).toMatchObject({ reason: 'engine_lost', isClean: false });

  await expect
    .poll(async () => (await fetch(`${line.url}/readyz`)).status, { timeout: 20_000 })
    .toBe(200);
  const next = await placeCall({ url: line.url, turns: [{ type: 'type', text: 'goodbye' }] });
  expect(next.reason).toBe('agent_ended');
});

test('stopping the line leaves no process behind', async () => {
  await using folder = await testFolder();
  const line = await startLine(folder);
  const children = childrenOf(line.pid);
  expect(children.length).toBeGreaterThanOrEqual(2);
  await line.stop();
  const alive = children.filter(({ pid }) => {
    try {
      process.kill(pid, 0);
      return true;
    } catch {
      return false;
    }
  });
  expect(alive).toEqual([]);
});
