import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../../../lib/index.ts';
import type { FromWorker, ToWorker, WorkerStart } from './messages.ts';
import { hearTurns } from './hear-turns.ts';
import { loadModel } from './sherpa.ts';

// What the crew passes when it starts this thread.
const { model, threads } = workerData as WorkerStart;
const port = parentPort;
if (!port) throw new Error('this file runs as a worker thread');
const tell = (message: FromWorker): void => port.postMessage(message);

const turns = hearTurns(await loadModel(model, threads), tell);
/** The library ends the process when its thread goes while it decodes: these are waited for. */
const underWay = new Set<Promise<void>>();
port.on('message', (message: ToWorker) => {
  if (message.type === 'close') {
    void Promise.all(underWay).then(() => port.close());
    return;
  }
  const work = turns(message).catch((thrown: unknown) => {
    tell({ type: 'failed', id: message.id, message: messageOf(thrown) });
  });
  underWay.add(work);
  void work.then(() => underWay.delete(work));
});
tell({ type: 'ready' });
