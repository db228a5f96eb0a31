import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../../lib/index.ts';
import { openDictionary } from './dictionary.ts';
import { commonWords } from './general-vocabulary.ts';
import { buildLanguageModel } from './language-model.ts';
import type { ModelOrder, ModelReply, ModelThreadData } from './model-builder.ts';

// What the builder passes when it starts this thread.
const { folder, dictionaryFile } = workerData as ModelThreadData;
const port = parentPort;
if (!port) throw new Error('this file runs as a worker thread');
const dictionary = openDictionary(dictionaryFile);

port.on('message', (order: ModelOrder) => port.postMessage(answer(order)));

function answer(order: ModelOrder): ModelReply {
  const { id } = order;
  try {
    const made = 'subject' in order ? buildLanguageModel(order.subject, dictionary) : cut(order);
    writeFileSync(join(folder, `${id}.dict`), made.dictionary, 'latin1');
    if (made.arpa !== null) writeFileSync(join(folder, `${id}.arpa`), made.arpa, 'latin1');
    return { id, ok: true, size: made.size };
  } catch (thrown) {
    return { id, ok: false, message: messageOf(thrown) };
  }
}

/** The dictionary, less the words that the general model does not expect. */
function cut(order: Extract<ModelOrder, { generalModel: string }>): {
  readonly arpa: null;
  readonly dictionary: string;
  readonly size: number;
} {
  const text = readFileSync(dictionaryFile, 'latin1');
  const words = commonWords(order.generalModel, order.words);
  if (!words) return { arpa: null, dictionary: text, size: 0 };
  const lines = text
    .split('\n')
    .filter((line) => words.has(line.slice(0, line.search(/\(\d+\) | /))));
  return { arpa: null, dictionary: lines.join('\n') + '\n', size: words.size };
}
