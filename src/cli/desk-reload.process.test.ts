import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { placeCall } from './caller/index.ts';
import { serverProcesses } from './testing/server-process.ts';

/* The real server, while somebody edits its desks. */

const { start, folder } = serverProcesses();
const deskModule = pathToFileURL(join(import.meta.dirname, '../desk/index.ts')).href;

async function put(path: string, text: string): Promise<void> {
  await writeFile(join(folder(), 'desks', path), text);
}

async function putDesk(name: string, greeting: string): Promise<void> {
  await mkdir(join(folder(), 'desks', name, 'prompts'), { recursive: true });
  await put(
    `${name}/prompts/reception.md`,
    '---\nvariables: { city: string }\n---\nWe are in {{city}}.',
  );
  await put(`${name}/greeting.ts`, `export const greeting: string = '${greeting}';`);
  await put(
    `${name}/desk.ts`,
    `import { defineDesk, promptFile } from '${deskModule}';
     import { greeting } from './greeting.ts';
     export const desk = defineDesk({
       name: '${name}', title: 'Salon', language: 'en-GB', timeZone: 'Europe/London', voice: 'marin',
       firstAgent: 'reception', greeting,
       agents: {
         reception: {
           label: 'Reception', handoffDescription: 'For anything.', handoffs: [], canEndCall: true,
           instructions: promptFile(import.meta.url, './prompts/reception.md', { city: 'York' }),
         },
       },
     });`,
  );
}

describe('desks under a server that runs', { timeout: 120_000 }, () => {
  it('are what was saved last, from the next call on', async () => {
    await putDesk('salon', 'The first greeting.');
    const server = await start({
      SWITCHBOARD_DESKS_DIR: join(folder(), 'desks'),
      LOG_LEVEL: 'error',
    });
    /** What a caller hears first. */
    const greeting = async (desk?: string): Promise<string> => {
      const controller = new AbortController();
      let heard = '';
      const call = placeCall({
        url: server.url,
        desk,
        turns: [{ type: 'type', text: 'goodbye' }],
        signal: controller.signal,
        onMessage(message) {
          if (message.type !== 'trail' || message.event.type !== 'turn.agent') return;
          heard ||= message.event.text;
          controller.abort(new Error('heard enough'));
        },
      });
      await call;
      return heard;
    };

    expect(await greeting()).toBe('The first greeting.');
    await put('salon/greeting.ts', `export const greeting: string = 'The second greeting.';`);
    expect(await greeting()).toBe('The second greeting.');

    await put('salon/prompts/reception.md', 'We are in {{city}}.');
    expect(await greeting()).toBe('The second greeting.');
    expect(await greeting()).toBe('The second greeting.');
    const said = server
      .err()
      .split('\n')
      .filter((line) => line.startsWith('{'));
    expect(said).toHaveLength(1);
    expect(JSON.parse(said[0] ?? '')).toMatchObject({
      desk: 'salon',
      error: expect.stringMatching(/reception\.md:1: "city" is not declared/) as unknown,
    });
    await put('salon/greeting.ts', `export const greeting: string = 'The third greeting.';`);
    await put('salon/prompts/reception.md', 'We are in Leeds.');
    expect(await greeting()).toBe('The second greeting.'); // a value is given that no page declares
    await put('salon/prompts/reception.md', '---\nvariables: { city: string }\n---\n{{city}}');
    expect(await greeting()).toBe('The third greeting.');

    await putDesk('garage', 'The garage.');
    expect(await greeting('garage')).toBe('The garage.');
    const desks = (await (await fetch(`${server.url}/api/desks`)).json()) as {
      readonly desks: readonly { readonly name: string }[];
    }; // the reference says so
    expect(desks.desks.map(({ name }) => name)).toEqual(['garage', 'salon']);
    await rm(join(folder(), 'desks/garage'), { recursive: true });
    await expect(greeting('garage')).rejects.toMatchObject({ code: 'desk_not_found' });
  });
});
