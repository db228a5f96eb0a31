import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SwitchboardError, type Clock } from '../../lib/index.ts';
import { checkNetworks, chooseParts, couldBelong } from './choose-parts.ts';
import {
  download,
  type Downloaded,
  type DownloadProgress,
  type DownloadTrouble,
} from './download.ts';
import { modelKinds, type ModelKind } from './kinds.ts';
import { lockPull } from './pull-lock.ts';
import {
  fileSha256,
  installedModels,
  manifestFile,
  modelNamePattern,
  openModel,
  type InstalledModel,
  type ModelManifest,
} from './store.ts';
import { unpack } from './unpack.ts';

/** What is to be pulled: an entry of the catalogue has all of it. */
export interface PullSource {
  readonly name: string;
  readonly kind: ModelKind;
  readonly url: string;
  /** Of the archive; null: nobody knows. */
  readonly sha256: string | null;
}

/** What a pull is doing. */
export type PullStep =
  | ({ readonly step: 'downloading' } & DownloadProgress)
  | ({ readonly step: 'waiting' } & DownloadTrouble)
  | { readonly step: 'unpacking'; readonly path: string }
  | { readonly step: 'trying' };

/** Archives larger than this are refused. */
const mostBytes = 4 * 2 ** 30;

/**
 * Downloads a model, unpacks it, tries it, and only then puts it in its place; a pull that was
 * interrupted goes on where it stopped.
 *
 * @param options.acceptUnverified take what comes when no sum is known, and record its sum
 * @param options.tryModel loads the model and uses it once, in a process that may die of it
 * @returns what is there now; `alreadyThere` when nothing had to be done
 * @throws SwitchboardError model_unverified with the sum that was computed, model_invalid,
 *   model_locked, download_failed, download_refused, disk_full, config_invalid; the signal's reason
 */
export async function pullModel(
  source: PullSource,
  options: {
    readonly modelsDir: string;
    readonly acceptUnverified: boolean;
    readonly tryModel: (model: InstalledModel, signal: AbortSignal) => Promise<void>;
    readonly signal: AbortSignal;
    readonly onStep?: (step: PullStep) => void;
    readonly clock?: Clock;
  },
): Promise<{ readonly manifest: ModelManifest; readonly alreadyThere: boolean }> {
  const { modelsDir, signal, onStep } = options;
  const { name, kind } = source;
  if (!modelNamePattern.test(name)) {
    throw new SwitchboardError('config_invalid', `'${name}' is no name for a model.`);
  }
  const work = join(modelsDir, '.pulling', name);
  await mkdir(work, { recursive: true });
  const lock = lockPull(work, name);
  try {
    const present = await sound(modelsDir, source);
    if (present) return { manifest: present, alreadyThere: true };
    const archive = join(work, 'archive.part');
    const { sha256, trust } = await fetchArchive(source, archive, options);

    const unpacked = join(work, 'unpacked');
    await rm(unpacked, { recursive: true, force: true });
    const paths = await unpack({
      archive,
      folder: unpacked,
      wants: (path) => couldBelong(kind, path),
      signal,
      onFile: (path) => onStep?.({ step: 'unpacking', path }),
    });
    const { root, parts, files } = chooseParts(kind, paths);
    await checkNetworks(join(unpacked, root), files);
    const ready = join(work, 'ready');
    await moveFiles(files, join(unpacked, root), ready);
    await rm(unpacked, { recursive: true, force: true });

    onStep?.({ step: 'trying' });
    await options.tryModel({ name, kind, folder: ready, parts: absolute(parts, ready) }, signal);
    const manifest: ModelManifest = {
      name,
      kind,
      url: source.url,
      sha256,
      trust,
      parts: { ...parts },
      files: await measured(files, ready),
    };
    await writeFile(join(ready, manifestFile), `${JSON.stringify(manifest, null, 2)}\n`);
    const place = join(modelsDir, name);
    await rm(place, { recursive: true, force: true });
    await rename(ready, place);
    await rm(work, { recursive: true, force: true });
    return { manifest, alreadyThere: false };
  } finally {
    lock[Symbol.dispose]();
  }
}

/** What is installed, if it is this and whole. */
async function sound(modelsDir: string, source: PullSource): Promise<ModelManifest | null> {
  const { name, kind, sha256 } = source;
  const said = (await installedModels(modelsDir)).find((one) => one.name === name);
  if (said?.kind !== kind || (sha256 !== null && said.sha256 !== sha256)) return null;
  const { purpose } = modelKinds[kind];
  return openModel({ modelsDir, name, purpose }).then(
    () => said,
    () => null, // damaged: it is pulled again
  );
}

async function fetchArchive(
  source: PullSource,
  archive: string,
  options: Parameters<typeof pullModel>[1],
): Promise<Pick<ModelManifest, 'sha256' | 'trust'>> {
  const { signal, onStep, clock } = options;
  const request = {
    url: source.url,
    file: archive,
    maxBytes: mostBytes,
    signal,
    onProgress: (progress: DownloadProgress) => onStep?.({ step: 'downloading', ...progress }),
    onTrouble: (trouble: DownloadTrouble) => onStep?.({ step: 'waiting', ...trouble }),
    ...(clock ? { clock } : {}),
  };
  const discard = async (): Promise<void> => {
    await rm(archive, { force: true });
    await rm(`${archive}.json`, { force: true });
  };
  let got: Downloaded = await download(request);
  const { sha256 } = source;
  if (sha256 === null) {
    if (options.acceptUnverified) return { sha256: got.sha256, trust: 'first-use' };
    throw new SwitchboardError(
      'model_unverified',
      `No checksum is known for ${source.url}; what came has sha256 ${got.sha256}. ` +
        'Compare it with its publisher’s and pull again with --sha256, or with --accept-unverified.',
    );
  }
  if (got.sha256 !== sha256 && got.resumed) {
    // Two halves of two files, perhaps.
    await discard();
    got = await download(request);
  }
  if (got.sha256 !== sha256) {
    await discard();
    throw new SwitchboardError(
      'model_invalid',
      `${source.url} is not the file it should be: its sha256 is ${got.sha256}, not ${sha256}. Nothing was kept.`,
    );
  }
  return { sha256, trust: 'published' };
}

async function moveFiles(files: readonly string[], from: string, to: string): Promise<void> {
  await rm(to, { recursive: true, force: true });
  for (const file of files) {
    await mkdir(dirname(join(to, file)), { recursive: true });
    await rename(join(from, file), join(to, file));
  }
}

async function measured(files: readonly string[], folder: string): Promise<ModelManifest['files']> {
  const list: ModelManifest['files'] = [];
  for (const path of files) {
    const file = join(folder, path);
    list.push({ path, bytes: (await stat(file)).size, sha256: await fileSha256(file) });
  }
  return list;
}

function absolute(
  parts: Readonly<Record<string, string>>,
  folder: string,
): Readonly<Record<string, string>> {
  const paths: Record<string, string> = {};
  for (const [role, path] of Object.entries(parts)) paths[role] = join(folder, path);
  return paths;
}
