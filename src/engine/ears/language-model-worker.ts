import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../../lib/index.ts';
import { openDictionary } from './dictionary.ts';
import { buildLanguageModel } from './language-model.ts';
import type { ModelOrder, ModelReply, ModelThreadData } from './model-builder.ts';

// What the builder passes when it starts this thread.
const { folder, dictionaryFile } = workerData as ModelThreadData;
const port = parentPort;
if (!port) throw new Error('this file runs as a worker thread');
const dictionary = openDictionary(dictionaryFile);

port.on('message', (order: ModelOrder) => port.postMessage(answer(order)));

function answer({ id, subject }: ModelOrder): ModelReply {
  try {
    const { arpa, dictionary: pronunciations, size } = buildLanguageModel(subject, dictionary);
    writeFileSync(join(folder, `${id}.dict`), pronunciations, 'latin1');
    writeFileSync(join(folder, `${id}.arpa`), arpa, 'latin1');
    return { id, ok: true, size };
  } catch (thrown) {
    return { id, ok: false, message: messageOf(thrown) };
  }
}
