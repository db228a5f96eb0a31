import { plain } from '../language/index.ts';
import type { Option } from './options.ts';

const calm =
  /\b(?:not (?:that |very |really |so )?(?:urgent|desperate|bad|an emergency|in a (?:rush|hurry))|no (?:rush|hurry|panic)|(?:isn't|it's not) (?:urgent|desperate|an emergency)|whenever|(?:it |that )?can wait|(?:any ?time|some ?time) (?:this|next)|(?:next|this) week will do|when(?:ever)? you (?:have|get) (?:a moment|time))\b/;
const grave =
  /\b(?:emergenc\w*|everywhere|pouring|gushing|flood\w*|burst|on fire|flames|smoke|sparks?|bleeding|trapped|dangerous|life|can't (?:wait|breathe)|(?:straight|right) away|immediately|this (?:minute|second))\b/;
const soon = /\b(?:urgent\w*|as soon as|asap|today|tonight|quickly?)\b/;

/** Names of what cannot wait and of what can, the first that a scale has. */
const highest = /^(?:emergency|critical|immediate|highest|urgent|high)$/;
const high = /^(?:urgent|high|soon|priority|express)$/;
const low = /^(?:routine|low|lowest|normal|standard|not? ?urgent|non ?urgent|whenever)$/;

/** How pressing something is, on a scale of options, from how it is told: "it's going everywhere". */
export function urgencyIn(options: readonly Option[], text: string): Option | undefined {
  const said = plain(text);
  const named = (wanted: RegExp): readonly Option[] =>
    options.filter(({ label }) => wanted.test(plain(label).replaceAll(/[_-]/g, ' ')));
  if (calm.test(said)) return named(low)[0];
  if (grave.test(said))
    return named(/^(?:emergency|critical|immediate|highest)$/)[0] ?? named(highest)[0];
  return soon.test(said) ? named(high)[0] : undefined;
}
