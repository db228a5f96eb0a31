import { Command } from 'commander';
import { jsonLog } from '../lib/json-log.ts';
import { readSettings, startServer } from '../server/index.ts';
import { note, print } from './output.ts';
import { stopOnSignals } from './stop-signals.ts';

/** `switchboard start`: the server, until a signal. Settings come from the environment. */
export function startCommand(): Command {
  return new Command('start')
    .description('start the server and its page')
    .addHelpText(
      'after',
      '\nPORT and HOST set the address (127.0.0.1:8080). OPENAI_API_KEY, OPENAI_BASE_URL and\n' +
        'OPENAI_REALTIME_MODEL switch from the embedded engine to OpenAI or a compatible server.',
    )
    .action(start);
}

async function start(): Promise<void> {
  const settings = readSettings();
  const log = jsonLog(settings.logLevel);
  note(
    settings.remoteEngine
      ? `Starting Switchboard: database, desks, engine at ${settings.remoteEngine.url}`
      : 'Starting Switchboard: database, desks, embedded engine',
  );
  const server = await startServer({ settings, log });
  stopOnSignals(async () => server[Symbol.asyncDispose](), log);
  try {
    const { desk, engine, hearing } = await server.ready;
    const seconds = (performance.now() / 1000).toFixed(1); // counted from the start of the process
    print(`Ready: ${server.url} (after ${seconds} s)`);
    print(`  desk     ${desk.title} (${desk.name})`);
    print(
      `  engine   ${engine.kind === 'embedded' ? 'embedded, works offline' : `${engine.kind}, ${engine.model}`}`,
    );
    print(`  hearing  ${hearing.available ? 'on' : (hearing.note ?? 'off')}`);
    print('Open the address in a browser and call, or run `npx switchboard call --type "hello"`.');
    print('Stop with Ctrl+C.');
  } catch (thrown) {
    await server[Symbol.asyncDispose]();
    throw thrown;
  }
}
