import { randomBytes } from 'node:crypto';
import { Command } from 'commander';
import { SwitchboardError } from '../lib/index.ts';
import { jsonLog } from '../lib/json-log.ts';
import { readSettings, startEmbeddedEngine } from '../server/index.ts';
import { note, print } from './output.ts';
import { stopOnSignals } from './stop-signals.ts';

/** `switchboard engine`: the embedded engine alone, for any client of the OpenAI Realtime protocol. */
export function engineCommand(): Command {
  return new Command('engine')
    .description('serve the embedded engine alone, for any OpenAI Realtime client')
    .option('--key <key>', 'what clients must present; a random one when left out')
    .addHelpText('after', '\nPORT and HOST set the address (127.0.0.1:8080).')
    .action(serve);
}

async function serve(options: { readonly key?: string }): Promise<void> {
  const { host, port, cacheDir, logLevel, engine: choices } = readSettings();
  const log = jsonLog(logLevel);
  const apiKey = options.key ?? randomBytes(24).toString('base64url');
  note('Starting the embedded engine');
  const stopping = new AbortController();
  const engine = await startEmbeddedEngine({
    cacheDir,
    choices,
    log,
    signal: stopping.signal,
    serve: { host, port, apiKey },
  });
  stopOnSignals(async () => engine[Symbol.asyncDispose](), log);
  const state = engine.state();
  if (!state.ok) throw new SwitchboardError('engine_unavailable', state.message);
  const { endpoint, hearing } = state;
  print(`Ready: ${endpoint.url}`);
  print(`  key      ${endpoint.apiKey}`);
  print(`  model    ${endpoint.model}`);
  print(`  hearing  ${hearing.available ? 'on' : (hearing.note ?? 'off')}`);
  print(`  WebRTC   ${httpOf(endpoint.url)}/calls`);
  print('For a client of OpenAI’s libraries:');
  print(`  OPENAI_BASE_URL=${httpOf(endpoint.url).replace(/\/realtime$/, '')}`);
  print(`  OPENAI_API_KEY=${endpoint.apiKey}`);
  print('Stop with Ctrl+C.');
}

const httpOf = (url: string): string => url.replace(/^ws/, 'http');
