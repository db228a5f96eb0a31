import type { Clock } from '../../lib/index.ts';

/** How long somebody who speaks is waited for before it is looked again. */
const lookAgainMs = 250;

const phrases: ReadonlyMap<string, string> = new Map([
  ['en', 'One moment, please.'],
  ['de', 'Einen Moment bitte.'],
  ['es', 'Un momento, por favor.'],
  ['fr', "Un instant, s'il vous plaît."],
  ['it', 'Un momento, per favore.'],
  ['nl', 'Een ogenblik, alstublieft.'],
  ['pt', 'Um momento, por favor.'],
]);

/**
 * What a caller hears while a tool takes its time, where the tool has no words of its own.
 *
 * @param language BCP 47; English where none is known
 */
export function defaultFiller(language: string): string {
  const own = phrases.get(language.split('-', 1)[0]?.toLowerCase() ?? '');
  return own ?? phrases.get('en') ?? '';
}

/** What fillers are judged by. */
export interface FillerHost {
  readonly clock: Clock;
  readonly afterMs: number;
  readonly phrase: string;
  /** Nobody speaks and nobody is about to. */
  isQuiet(): boolean;
  say(text: string): void;
}

/**
 * @returns a function to be called when a tool begins, with its own words if it has any, which returns
 *   one to be called when it has ended. Tools that run side by side are waited for with one phrase.
 */
export function createFillers(host: FillerHost): (filler: string | undefined) => () => void {
  const running = new Set<object>();
  let said = false;
  return (filler) => {
    const run = {};
    running.add(run);
    const look = (): void => {
      if (said) return;
      if (!host.isQuiet()) {
        cancel = host.clock.setTimer(lookAgainMs, look);
        return;
      }
      said = true;
      host.say(filler ?? host.phrase);
    };
    let cancel = host.clock.setTimer(host.afterMs, look);
    return () => {
      cancel();
      running.delete(run);
      if (running.size === 0) said = false;
    };
  };
}
