import { createDecoder, type Decoder } from './decoder.ts';
import { createLane, type Lane } from './lane.ts';
import type { Model, PocketSphinx } from './pocketsphinx.ts';
import type { Line } from './telephone.ts';

/** Makes decoders with the general language model, which takes 27 MB: one copy for each lane. */
export interface GeneralDecoders extends Disposable {
  make(): Promise<Decoder>;
}

interface SharedModel {
  readonly lane: Lane;
  model: Promise<Model> | null;
  users: number;
}

/**
 * @param options.flags of a decoder without a language model.
 * @param options.modelFile the general language model.
 * @param options.lanes decoders that may run side by side: as many as there are cores.
 */
export function createGeneralDecoders(options: {
  readonly sphinx: PocketSphinx;
  readonly flags: () => Promise<Readonly<Record<string, string>>>;
  readonly modelFile: string;
  readonly transforms: Readonly<Record<Line, string>>;
  readonly lanes: number;
}): GeneralDecoders {
  const { sphinx, flags, modelFile, transforms, lanes } = options;
  const shared: SharedModel[] = Array.from({ length: lanes }, () => ({
    ...{ lane: createLane(), model: null, users: 0 },
  }));
  return {
    async make() {
      const least = Math.min(...shared.map(({ users }) => users));
      const mine = shared.find(({ users }) => users === least);
      if (!mine) throw new Error('there are no lanes');
      mine.users += 1;
      try {
        const handle = await sphinx.create(await flags());
        mine.model ??= sphinx.readModel(handle, modelFile);
        const model = await mine.model;
        const { run } = mine.lane;
        await run(() => sphinx.useModel(handle, model), { urgent: false });
        const decoder = createDecoder(sphinx, handle, { transforms, run });
        return {
          ...decoder,
          [Symbol.dispose]() {
            mine.users -= 1;
            decoder[Symbol.dispose]();
          },
        };
      } catch (thrown) {
        mine.users -= 1;
        mine.model = null;
        throw thrown;
      }
    },
    [Symbol.dispose]() {
      // Decoders hold what they use; this gives back our own hold.
      for (const { model, lane } of shared.splice(0)) {
        const free = async (): Promise<void> => {
          if (model) sphinx.freeModel(await model);
        };
        lane.run(free, { urgent: false }).catch(() => undefined);
      }
    },
  };
}
