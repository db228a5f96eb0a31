import { plain } from './words.ts';

/** What people say to be kind, and a short answer to each. */
const talk: readonly (readonly [said: RegExp, answer: string])[] = [
  [
    /\bhow(?:'s it going| is it going|'s everything| are things| do you do)\b|\bhow are (?:you|ya)(?: doing| today| feeling)*\b|\bhow(?:'s| is| was) your (?:day|weekend|morning|evening)\b|\bare you (?:well|okay|alright|all right)\b/,
    "I'm well, thank you.",
  ],
  [
    /\b(?:nice|good|pleased|lovely) to (?:meet|hear|talk to|speak to) (?:from )?you\b/,
    'The pleasure is mine.',
  ],
  [
    /\b(?:tell|know) (?:me |us )?(?:any |a |some )*(?:good )?(?:joke|story|riddle)s?\b/,
    "I'm afraid I know none.",
  ],
  [
    /\b(?:nice|lovely|terrible|awful|horrible|beautiful|bad|cold|hot) (?:weather|day)\b|\bweather(?:'s| is)? (?:so |very |really )?(?:nice|lovely|terrible|awful|bad|cold|hot|beautiful)\b/,
    "I can't see outside from here.",
  ],
  [
    /\b(?:can|do) you hear me\b|\bare you (?:still )?there\b|\bis (?:anybody|anyone|somebody|someone) there\b/,
    'Yes, I can hear you.',
  ],
  [/\bare you (?:very |really )?busy\b|\b(?:long|hard|busy) day\b/, 'I have time for you.'],
  [
    /\byou(?:'re| are| sound| have been|'ve been) (?:so |very |really |a )?(?:kind|helpful|nice|great|lovely|sweet|funny|star|friendly|clever|pretty)\b|\bi (?:love|like) (?:you|your voice)\b/,
    'That is kind of you.',
  ],
  [
    /\b(?:merry christmas|happy (?:new year|easter|birthday|holidays))\b|\bhave a (?:nice|great|good) (?:christmas|holiday)\b/,
    'Thank you, the same to you.',
  ],
];

/** A short answer to talk that wants nothing done, and what was said besides. */
export function smallTalk(
  text: string,
): { readonly answer: string; readonly rest: string } | undefined {
  const said = plain(text);
  const found = talk.find(([pattern]) => pattern.test(said));
  return found && { answer: found[1], rest: said.replace(found[0], ' ').trim() };
}
