import { Command } from 'commander';
import type { PullSource } from '../engine/models/index.ts';
import { SwitchboardError } from '../lib/index.ts';
import { readSettings } from '../server/index.ts';
import { note, print } from './output.ts';
import { createPullDisplay } from './pull-display.ts';

interface PullOptions {
  readonly sha256?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly acceptUnverified?: true;
}

/** `switchboard models`: better ears and voices, fetched once. */
export function modelsCommand(): Command {
  return new Command('models')
    .description('fetch better ears and voices: list, pull, remove')
    .addCommand(
      new Command('list')
        .description('the models there are, and which are here')
        .option('--json', 'print one JSON array instead of text')
        .action(list),
    )
    .addCommand(
      new Command('pull')
        .description('fetch a model; one that was interrupted goes on where it stopped')
        .argument('<name or address>', 'a name of the list, or the address of an archive')
        .option('--sha256 <sum>', 'what an archive of your own must be')
        .option('--kind <kind>', 'what an archive of your own holds')
        .option('--name <name>', 'what a model of your own is called. Default: as its archive')
        .option('--accept-unverified', 'take an archive whose sum nobody knows, and record it')
        .addHelpText(
          'after',
          '\nUse it with SWITCHBOARD_EARS=NAME or SWITCHBOARD_MOUTH=NAME. HTTPS_PROXY is honoured.',
        )
        .action(pull),
    )
    .addCommand(
      new Command('remove')
        .description('delete a pulled model')
        .argument('<name>', 'as in the list')
        .action(remove),
    );
}

async function list(options: { readonly json?: true }): Promise<void> {
  const { catalogue, installedModels, modelKinds } = await import('../engine/models/index.ts');
  const here = await installedModels(modelsDir());
  const own = here.filter(({ name }) => !catalogue.some((entry) => entry.name === name));
  const rows = [
    ...catalogue.map((entry) => ({
      name: entry.name,
      for: modelKinds[entry.kind].purpose,
      kind: entry.kind,
      languages: entry.languages,
      sizeBytes: entry.sizeBytes,
      licence: entry.licence,
      about: entry.about,
      installed: here.some(({ name }) => name === entry.name),
    })),
    ...own.map(({ name, kind, url, files }) => ({
      name,
      for: modelKinds[kind].purpose,
      kind,
      languages: [],
      sizeBytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
      licence: '',
      about: `from ${url}`,
      installed: true,
    })),
  ];
  if (options.json) {
    print(JSON.stringify(rows, null, 2));
    return;
  }
  for (const purpose of ['ears', 'voice'] as const) {
    print(purpose === 'ears' ? 'Ears (SWITCHBOARD_EARS)' : 'Voices (SWITCHBOARD_MOUTH)');
    for (const row of rows.filter((one) => one.for === purpose)) {
      const mark = row.installed ? '✓' : ' ';
      const size = `${Math.round(row.sizeBytes / 1e6)} MB`.padStart(6);
      const facts = [row.languages.join(' '), row.licence].filter((fact) => fact !== '').join(', ');
      print(`${mark} ${row.name.padEnd(20)} ${size}  ${row.about}${facts ? ` (${facts})` : ''}`);
    }
  }
  note('Fetch one: npx switchboard models pull NAME');
}

async function pull(named: string, options: PullOptions): Promise<void> {
  const { pullModel, modelKinds } = await import('../engine/models/index.ts');
  const { tryModel } = await import('../engine/index.ts');
  const source = await sourceOf(named, options);
  await useProxyFromEnvironment();
  const interrupt = new AbortController();
  const stop = (): void => interrupt.abort(interrupted());
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const display = createPullDisplay(source.name);
  try {
    const { manifest, alreadyThere } = await pullModel(source, {
      modelsDir: modelsDir(),
      acceptUnverified: options.acceptUnverified === true,
      tryModel,
      signal: interrupt.signal,
      onStep: (step) => display.show(step),
    });
    display.end();
    const variable = { ears: 'SWITCHBOARD_EARS', voice: 'SWITCHBOARD_MOUTH' } as const;
    print(alreadyThere ? `${source.name} is here already.` : `${source.name} is here and works.`);
    if (manifest.trust === 'first-use') print(`  sha256  ${manifest.sha256}`);
    print(`  use it  ${variable[modelKinds[manifest.kind].purpose]}=${source.name} npm start`);
  } finally {
    display.end();
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}

async function remove(name: string): Promise<void> {
  const { removeModel } = await import('../engine/models/index.ts');
  if (await removeModel(modelsDir(), name)) print(`${name} is removed.`);
  else throw new SwitchboardError('model_missing', `There is no model '${name}' here.`);
}

const modelsDir = (): string => readSettings().engine.modelsDir;

function interrupted(): SwitchboardError {
  return new SwitchboardError(
    'download_failed',
    'Interrupted. What has come so far is kept: pull again and it goes on.',
  );
}

/** @throws SwitchboardError model_missing for a name nobody knows; config_invalid */
async function sourceOf(named: string, options: PullOptions): Promise<PullSource> {
  const { catalogued, isModelKind, modelKinds } = await import('../engine/models/index.ts');
  const sha256 = options.sha256?.toLowerCase() ?? null;
  if (sha256 !== null && !/^[0-9a-f]{64}$/.test(sha256)) {
    throw new SwitchboardError('config_invalid', '--sha256 must be 64 hexadecimal digits.');
  }
  if (!/^https?:\/\//.test(named)) {
    const entry = catalogued(named);
    if (entry) return { ...entry, sha256: sha256 ?? entry.sha256 };
    throw new SwitchboardError(
      'model_missing',
      `There is no model '${named}'. Run \`npx switchboard models list\`, or give the address of an archive.`,
    );
  }
  const { kind } = options;
  if (kind === undefined || !isModelKind(kind)) {
    const kinds = Object.keys(modelKinds).join(', ');
    throw new SwitchboardError('config_invalid', `--kind must be one of ${kinds}.`);
  }
  const file = new URL(named).pathname.split('/').at(-1) ?? '';
  const name = options.name ?? file.replace(/\.(tar(\.\w+)?|tgz|tbz2?)$/, '').toLowerCase();
  return { name, kind, url: named, sha256 };
}

/** Node's own `fetch` goes through a proxy only when told to; Node before 24.14 cannot be told. */
async function useProxyFromEnvironment(): Promise<void> {
  const http = await import('node:http');
  const set = http.setGlobalProxyFromEnv as typeof http.setGlobalProxyFromEnv | undefined; // see above
  set?.();
}
