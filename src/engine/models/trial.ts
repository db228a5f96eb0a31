import { fork } from 'node:child_process';
import { z } from 'zod';
import { SwitchboardError } from '../../lib/index.ts';
import type { InstalledModel } from './store.ts';

const answer = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), reason: z.string() }),
]);

/** A large model on a slow disk. */
const withinMs = 180_000;
const keptChars = 4_000;

/**
 * Tries a model in a child process that may die of it: the native library ends its process on a
 * model that it does not understand.
 *
 * @param entry program of the child: is sent the model, answers `{ ok: true }` or `{ ok: false, reason }`
 * @throws SwitchboardError model_invalid with what the library said; the signal's reason
 */
export async function runTrial(
  entry: URL,
  model: InstalledModel,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const child = fork(entry, [], { execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-keptChars);
  });
  const stop = (): void => void child.kill('SIGKILL');
  signal.addEventListener('abort', stop, { once: true });
  const outcome = await new Promise<z.infer<typeof answer>>((resolve) => {
    const fail = (reason: string): void => resolve({ ok: false, reason });
    const timer = setTimeout(() => fail('it took too long'), withinMs);
    child.once('message', (message) => resolve(answer.parse(message)));
    child.once('error', (error) => fail(error.message));
    child.once('close', (code, by) => {
      clearTimeout(timer);
      fail(lastWords(said) ?? (by ? `it was ended by ${by}` : `it ended with ${code}`));
    });
    child.send(model);
  });
  stop(); // it has nothing more to do
  signal.removeEventListener('abort', stop);
  signal.throwIfAborted();
  if (outcome.ok) return;
  throw new SwitchboardError(
    'model_invalid',
    `The model '${model.name}' does not load: ${outcome.reason.replace(/\.$/, '')}.`,
  );
}

/** The last line a process wrote; the library says there what it did not like. */
function lastWords(said: string): string | null {
  const lines = said.split('\n').map((line) => line.trim());
  return lines.findLast((line) => line !== '') ?? null;
}
