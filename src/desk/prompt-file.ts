import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SwitchboardError, messageOf } from '../lib/index.ts';

/**
 * Reads an agent's prompt from a Markdown file that lies beside the desk.
 *
 * @param from the reader's `import.meta.url`
 * @param path relative to it, e.g. `./prompts/billing.md`
 * @throws SwitchboardError desk_invalid when the file is missing or empty.
 */
export function promptFile(from: string, path: string): string {
  const file = fileURLToPath(new URL(path, from));
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch (cause) {
    throw new SwitchboardError(
      'desk_invalid',
      `Cannot read the prompt ${file}: ${messageOf(cause)}`,
      {
        cause,
      },
    );
  }
  if (text === '') throw new SwitchboardError('desk_invalid', `The prompt ${file} is empty.`);
  return text;
}
