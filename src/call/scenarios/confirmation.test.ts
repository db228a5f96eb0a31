import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { deskTool, type DeskTool } from '../../desk/index.ts';
import { quiet, until } from '../testing/call-harness.ts';
import { agentSays, begin, callerSays, eventsOf, use } from '../testing/tool-call.ts';

describe('a tool that writes', () => {
  const cancelling = (ran: string[]): DeskTool =>
    deskTool({
      name: 'cancel',
      description: 'Cancels.',
      parameters: z.object({ id: z.string() }),
      confirm: ({ id }) =>
        id === 'gone' ? { error: 'It is cancelled already.' } : { readBack: `Cancel ${id}?` },
      execute({ id }, _call, { idempotencyKey }) {
        ran.push(id);
        return { cancelled: id, idempotencyKey };
      },
    });
  const readBack = (id: string) => ({
    confirm: `Cancel ${id}?`,
    then: 'Read this to the caller. Call cancel again with the same arguments once they have said yes.',
  });

  it('is read back, and runs once after a yes', async () => {
    const ran: string[] = [];
    await using h = await begin([cancelling(ran)]);
    expect(await use(h, 'cancel', { id: 'A' })).toEqual(readBack('A'));
    expect(ran).toEqual([]);
    await agentSays(h, 'Cancel A?');
    await callerSays(h, 'Yes, please.');
    expect(await use(h, 'cancel', { id: 'A' })).toMatchObject({ cancelled: 'A' });
    await agentSays(h, 'It is done.');
    await callerSays(h, 'Thanks.');
    expect(await use(h, 'cancel', { id: 'A' })).toEqual(readBack('A'));
    expect(ran).toEqual(['A']);
    const [proposed] = await eventsOf(h, 'tool.returned');
    expect(proposed).toMatchObject({ ok: true });
  });

  it.each(['No, wait.', 'Yes, no, not that one.', 'What does it cost?', ''])(
    'does not run after %j',
    async (words) => {
      const ran: string[] = [];
      await using h = await begin([cancelling(ran)]);
      await use(h, 'cancel', { id: 'A' });
      await agentSays(h, 'Cancel A?');
      await callerSays(h, words);
      expect(await use(h, 'cancel', { id: 'A' })).toEqual(readBack('A'));
      expect(ran).toEqual([]);
    },
  );

  it('does not run on a yes to something else', async () => {
    const ran: string[] = [];
    await using h = await begin([cancelling(ran)]);
    await use(h, 'cancel', { id: 'A' });
    await agentSays(h, 'Cancel A?');
    await callerSays(h, 'Yes.');
    expect(await use(h, 'cancel', { id: 'B' })).toEqual(readBack('B'));
    expect(await use(h, 'cancel', { id: 'A' })).toEqual(readBack('A'));
    expect(ran).toEqual([]);
  });

  it('does not run when the caller was not asked', async () => {
    const ran: string[] = [];
    await using h = await begin([cancelling(ran)]);
    await use(h, 'cancel', { id: 'A' });
    await callerSays(h, 'Yes.');
    expect(await use(h, 'cancel', { id: 'A' })).toEqual(readBack('A'));
    expect(ran).toEqual([]);
  });

  it('waits for words that come after the engine has acted on them', async () => {
    const ran: string[] = [];
    await using h = await begin([cancelling(ran)]);
    await use(h, 'cancel', { id: 'A' });
    await agentSays(h, 'Cancel A?');
    h.session.speechStarted('late');
    h.session.speechStopped('late');
    h.session.respond([{ call: 'cancel', arguments: '{"id":"A"}', callId: 'fc_late' }]);
    await quiet(h);
    expect(ran).toEqual([]);
    h.session.transcript('late', 'Yes.');
    await until(() => ran.length === 1);
  });

  it('runs after a yes that was typed', async () => {
    const ran: string[] = [];
    await using h = await begin([cancelling(ran)]);
    await use(h, 'cancel', { id: 'A' });
    await agentSays(h, 'Cancel A?');
    h.call.type('yes');
    await quiet(h);
    h.session.finish();
    await use(h, 'cancel', { id: 'A' });
    expect(ran).toEqual(['A']);
  });

  it('is not even proposed when it cannot be done', async () => {
    await using h = await begin([cancelling([])]);
    expect(await use(h, 'cancel', { id: 'gone' })).toEqual({ error: 'It is cancelled already.' });
  });
});
