import { isEmptyTalk, plain, wordsOf } from '../language/index.ts';

const seeking =
  /\b(?:(?:have|do|would|might) (?:you|they) (?:(?:guys|lot) )?(?:(?:got|have|stock|carry|happen to have) )?|(?:i'm|i am|we're|we are) (?:looking|searching|hunting) for |(?:i'm|we're) after |(?:looking|search(?:ing)?|look) (?:for|up) |(?:is|are) there |(?:can|could|would) you (?:please )?(?:find|get|bring(?: up| over)?|send(?: up| over)?|deliver|order|look up|check|see if you have|put|keep|reserve|hold)(?: me| us| for)? |(?:find|get) (?:me|us) |(?:i|we)(?:'d| would)? (?:like|want|need) (?:to (?:find|reserve|borrow|get|order|buy) )?)(.+)$/i;
const counted =
  /^(?:(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|a couple of|a few|some|another)\s+)?(?:(?:packs?|boxes|box|bottles?|packets?|cases?|copies|copy|pairs?|sets?)\s+of\s+)?/i;
const article =
  /^(?:(?:a|an|the|any|some|one|my|your|another|(?:a |an |any |some |more )?(?:copy|copies|information|details|thing|things|something|anything)(?: of| about| on| called| by)?|called|named|of|about)\s+)+/i;
const tail =
  /\s+(?:(?:in|available|at all|please(?: .*)?|thanks|thank you|for me|by for me|aside(?: for me)?|by|on hold|in stock|at the moment|right now|today|there|anywhere|if (?:you|that|it).*|or not|and .*(?:can|could|how|when|what).*)[.?!]?)$/i;

/** What somebody looks for, by its name: what stands behind "have you got" and "looking for". */
export function soughtIn(text: string, options: readonly string[] = []): string | undefined {
  const found = seeking.exec(text.replaceAll(/[’‘`]/g, "'").replace(/[.?!]+$/, ''))?.[1];
  if (found === undefined) return undefined;
  let name = found.trim();
  // "… as an audio book": said of another value.
  for (const option of options)
    name = name.replace(
      new RegExp(`\\s+(?:as|on|in|for) (?:an? |the )?${escaped(plain(option))}s?$`, 'i'),
      '',
    );
  for (let before = ''; before !== name;) {
    before = name;
    name = name.replace(tail, '').trim();
  }
  const bare = name
    .replace(counted, '')
    .replace(article, '')
    .replace(/^(?:more|extra) (?=\S)/i, '')
    .replace(
      / (?:to|for|at|in) (?:the |my |our )?[a-z]+(?: (?:number )?(?:\d+|oh|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty))+$/i,
      '',
    )
    .replace(/ for my (?:\w+ ?){1,3}$/i, '')
    .trim();
  const kept = bare === '' ? name : bare;
  return isEmptyTalk(kept) || wordsOf(kept).length > 10 ? undefined : kept;
}

const escaped = (text: string): string => text.replaceAll(/[^a-z\d ]/g, '.');
