import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../../lib/index.ts';
import { languageModelId, type Answers, type Subject } from './language-model.ts';
import type { ModelBuilder } from './model-builder.ts';

/** The language models on disk, shared by all sessions that speak of the same. */
export interface ModelShelf {
  /**
   * Builds what is not there yet. @returns the model's id, which the caller holds until it gives it back.
   *
   * @throws SwitchboardError `speech_failed`; the next call tries again.
   */
  take(subject: Subject | Answers): Promise<string>;
  giveBack(id: string): void;
  /** Where a model's files are. */
  files(id: string): { readonly dictionary: string; readonly arpa: string };
}

interface Model {
  readonly written: Promise<void>;
  holders: number;
}

/** Models nobody holds that stay all the same; each is a megabyte. */
const spareModels = 32;

/** @param options.folder where the builder writes. */
export function createModelShelf(options: {
  readonly folder: string;
  readonly builder: ModelBuilder;
  readonly log: Log;
}): ModelShelf {
  const { folder, builder, log } = options;
  /** Longest untaken first. */
  const models = new Map<string, Model>();
  const files = (id: string): { dictionary: string; arpa: string } => ({
    dictionary: join(folder, `${id}.dict`),
    arpa: join(folder, `${id}.arpa`),
  });

  async function write(id: string, subject: Subject | Answers): Promise<void> {
    const startedMs = performance.now();
    const words = await builder.build({ id, subject });
    const tookMs = Math.round(performance.now() - startedMs);
    log.debug('language model built', { id, words, tookMs });
  }

  function removeOldest(): void {
    const spare = [...models].filter(([, model]) => model.holders === 0);
    for (const [id] of spare.slice(0, Math.max(0, spare.length - spareModels))) {
      models.delete(id);
      // What cannot be removed goes with the folder.
      for (const file of Object.values(files(id))) rm(file, { force: true }).catch(() => undefined);
    }
  }

  return {
    async take(subject) {
      const id = languageModelId(subject);
      const model = models.get(id) ?? { written: write(id, subject), holders: 0 };
      model.holders += 1;
      models.delete(id);
      models.set(id, model);
      try {
        await model.written;
        return id;
      } catch (thrown) {
        if (models.get(id) === model) models.delete(id);
        throw thrown;
      }
    },
    giveBack(id) {
      const model = models.get(id);
      if (model) model.holders -= 1;
      removeOldest();
    },
    files,
  };
}
