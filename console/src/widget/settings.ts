import { wordsFor } from '../words/languages.ts';
import type { Words } from '../words/words.ts';

/** What a site says on the script tag. */
export interface WidgetSettings {
  /** The server's address: where the script came from. */
  readonly server: string;
  /** The server's default desk when left out. */
  readonly desk: string | undefined;
  readonly language: string;
  readonly words: Words;
  /** What stands on the button. */
  readonly label: string;
  readonly side: 'left' | 'right';
  /** Colour of the button, `#rrggbb`, and of what stands on it. */
  readonly color: { readonly ground: string; readonly text: string } | null;
}

/** Reads `data-desk`, `data-lang`, `data-label`, `data-side` and `data-color`. */
export function readSettings(
  { src, dataset }: Pick<HTMLScriptElement, 'src' | 'dataset'>,
  pageLanguage: string,
): WidgetSettings {
  const { language, words } = wordsFor([dataset['lang'], pageLanguage]);
  return {
    server: new URL(src).origin,
    desk: dataset['desk'],
    language,
    words,
    label: dataset['label'] ?? words.call,
    side: dataset['side'] === 'left' ? 'left' : 'right',
    color: readColor(dataset['color']),
  };
}

/** Black or white, whichever is easier to read on the colour (WCAG 2.2, relative luminance). */
function readColor(ground: string | undefined): WidgetSettings['color'] {
  const match = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(ground ?? '');
  if (!match || ground === undefined) return null;
  const [red = 0, green = 0, blue = 0] = match.slice(1).map((hex) => {
    const value = Number.parseInt(hex, 16) / 255;
    return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return { ground, text: luminance > 0.179 ? '#000000' : '#ffffff' };
}
