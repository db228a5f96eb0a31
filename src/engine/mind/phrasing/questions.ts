import { plain, wishVerbs } from '../language/index.ts';
import type { Param, Tool } from '../toolbox.ts';
import { listed } from './facts.ts';

/** Turns a description that speaks of the caller into words said to the caller. */
function toCaller(text: string): string {
  const aboutCaller =
    /\bthe (?:caller|customer|user|client|member|guest|tenant|subscriber)\b/i.test(text);
  const turned = text
    .replaceAll(
      /\bthe (?:caller|customer|user|client|member|guest|tenant|subscriber)'s\b/gi,
      'your',
    )
    .replaceAll(
      /\bthe (?:caller|customer|user|client|member|guest|tenant|subscriber) (?:is|was)\b/gi,
      'you are',
    )
    .replaceAll(
      /\bthe (?:caller|customer|user|client|member|guest|tenant|subscriber) has\b/gi,
      'you have',
    )
    .replaceAll(
      /\bthe (?:caller|customer|user|client|member|guest|tenant|subscriber) ([a-z]{2,}[^s\W])s\b(?= |$)/gi,
      'you $1',
    )
    .replaceAll(/\bthe (?:caller|customer|user|client|member|guest|tenant|subscriber)\b/gi, 'you')
    .replace(/^(?:the )?([a-z ]+) of you$/i, 'your $1');
  if (!aboutCaller) return turned;
  return turned
    .replaceAll(/\btheir\b/g, 'your')
    .replaceAll(/\bthey\b/g, 'you')
    .replaceAll(/\bthem\b/g, 'you');
}

const lowered = (text: string): string =>
  /^[A-Z]{2}/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);

/** How a value is written says nothing of what it is. */
const ofShape = /\b(?:digits?|letters|characters|format|yyyy|hh:mm|string)\b/i;

const numbered = /\b(?:number|code|reference|ref|id|plate|registration|postcode|zip|pin|no)\b/;

const isShapeOf = ({ name }: Param, head: string): boolean =>
  ofShape.test(head) &&
  !name
    .toLowerCase()
    .split('_')
    .some((word) => word.length > 2 && plain(head).includes(word));

/** What a parameter is called: the noun phrase its description begins with, else its name. */
export function nounPhrase(param: Param): string {
  const head =
    /^(.*?)(?=[,;:(.]|\s(?:such as|for example|e\.g\.|as (?:in|returned|given)|in the form(?:at)?|from [a-z]+_|which|that looks)\b|$)/
      .exec(param.description.trim())?.[1]
      ?.trim() ?? '';
  const isOption = param.optionWords.some(
    ({ label }) => plain(label) === plain(head).replaceAll('_', ' '),
  );
  const words =
    head === '' || isOption || isShapeOf(param, head) || head.split(/\s+/).length > 12
      ? param.name
          .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
          .replaceAll('_', ' ')
          .toLowerCase()
          .replace(/ id$/, ' number')
      : toCaller(lowered(head));
  const named =
    param.kind === 'identifier' && head === '' && !numbered.test(words) ? `${words} number` : words;
  return /^(?:the|a|an|your|why|what|how|when|where|whether|which|who)\b/.test(named)
    ? named
    : `the ${named}`;
}

/** The rest of the description's first sentence, for callers who did not manage at first. */
function hint(param: Param): string {
  if (param.optionWords.length > 0)
    return ` It may be ${listed(
      param.optionWords.map(({ label }) => label),
      'or',
    )}.`;
  const rest =
    /^[^,;:(.]*[,;:(]\s*([^.]*)/.exec(param.description.trim())?.[1]?.replace(/\)$/, '').trim() ??
    '';
  if (rest === '' || /_|yyyy|hh:mm|caller/i.test(rest)) return '';
  return /^(?:the|a|an|its|one|two|three|four|five|six|seven|eight|nine|ten|\d)\b/.test(rest)
    ? ` It is ${rest}.`
    : '';
}

/** The question for a missing value, in several wordings; later ones are for repeated asking. */
export function questionsFor(param: Param): readonly string[] {
  const phrase = nounPhrase(param);
  const bare = phrase.replace(/^(?:the|a|an) /, '');
  const special = firstQuestions(param, phrase, bare);
  return [
    ...special,
    `I still need ${clauseFor(phrase)}.${hint(param)}${slowly[param.kind] ?? ''}`,
    `Could you tell me ${clauseFor(phrase)} once more, please?`,
    `To go on, I need ${clauseFor(phrase)}. Please say it slowly.`,
    `Let us try that again: ${clauseFor(phrase)}, please.`,
  ];
}

/** Another way of saying it, for what is hard to hear. */
const slowly: Readonly<Partial<Record<Param['kind'], string>>> = {
  email: ' You can spell it, letter by letter.',
  name: ' You can spell it, letter by letter.',
  phone: ' Please say it digit by digit.',
};

const clauseFor = (phrase: string): string =>
  /^(?:why|what|how|when|where|whether|which|who)\b/.test(phrase) ? `to know ${phrase}` : phrase;

function firstQuestions(param: Param, phrase: string, bare: string): string[] {
  if (param.kind === 'enum') {
    const clause = /^which\b.*\byou\b/.test(phrase);
    const named =
      bare.split(' ').length <= 4 && !/^(?:why|whether|how|what|when|where|who)\b/.test(bare)
        ? `Which ${bare.replace(/^which (?:of )?(?:the )?/, '')} would you like`
        : 'Which would you like';
    return [
      `${clause ? `Please tell me ${phrase}` : named}: ${listed(
        param.optionWords.map(({ label }) => label),
        'or',
      )}?`,
    ];
  }
  if (
    param.kind === 'number' &&
    /^the (?!number of the\b)(?:[a-z]+ )?[a-z]{2,}(?:s|children|people)$/.test(phrase) &&
    !/^the (?:\w+ )?(?:\w*ss|address|radius|bonus|status)$/.test(phrase)
  )
    return [`How many ${bare.replace(/^number of /, '')}?`];
  if (param.kind === 'number' && /^the number of (?!the\b)/.test(phrase))
    return [`How many ${bare.replace(/^number of /, '')}?`];
  if (param.kind === 'email') return ['What is your e-mail address?'];
  const need = /^(?:the )?(?:needs?|wants?|with|includes?) (.+)$/.exec(phrase)?.[1];
  const state = /^the (.+) (is|are|has been|was) (\w+(?: \w+)?)$/.exec(phrase);
  if (param.kind === 'boolean' && state)
    return [`${firstUp(state[2] ?? 'is')} the ${state[1] ?? ''} ${state[3] ?? ''}: yes or no?`];
  if (param.kind === 'boolean' && need !== undefined)
    return [`Do you need ${need.endsWith('s') ? need : withArticle(need)}: yes or no?`];
  if (param.kind === 'boolean') {
    return [
      `${/^whether\b/.test(phrase) ? `Please tell me ${phrase}` : `Is it ${bare}`}: yes or no?`,
    ];
  }
  if (/^(?:why|what|how|when|where|whether|which|who)\b/.test(phrase))
    return [`Can you tell me ${phrase}?`];
  if (param.kind === 'date')
    return [
      /birth|expir|issue|purchase/.test(phrase) ? `What is ${phrase}?` : 'What day would you like?',
    ];
  if (param.kind === 'list' && param.item && param.item.options.length > 0)
    return [
      `Which would you like: ${listed(
        param.item.optionWords.map(({ label }) => label),
        'or',
      )}?`,
    ];
  if (param.kind === 'time') return ['What time would you like?'];
  if (param.kind === 'moment') return ['What day and time would you like?'];
  if (param.kind === 'name')
    return [
      `May I have ${/^the (?:full |customer |caller )?name$/.test(phrase) ? 'your name' : phrase}, please?`,
    ];
  return [`What is ${phrase}?`];
}

const firstUp = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const withArticle = (noun: string): string =>
  /^(?:an?|the) /.test(noun) ? noun : `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;

/** What a tool does, in words that follow "I can". */
export function abilityOf(tool: Tool): string {
  if (tool.role === 'transfer') return `put you through to ${tool.target}`;
  const [head = ''] = tool.description.split(
    /[.:;(]|, (?:such|for example|by )| (?:with which|by its|by the|that has|at one|to another)\b/,
  );
  const text = toCaller(lowered(head.trim()));
  return text === '' ? tool.name.replaceAll('_', ' ') : asAbility(text, tool);
}

/** Words that follow "I can": of a description that names no deed, the name of the tool does. */
function asAbility(text: string, tool: Tool): string {
  const kept = text.replace(
    / (?:that (?:was|were) )?(?:returned|given) by .*$| from [a-z]+_\w+.*$/,
    '',
  );
  const [verb = '', ...rest] = kept.split(' ');
  const [called = ''] = tool.name.split('_');
  if (/[,]$/.test(verb) || /^(?:where|when|what|which|how|who|the|an?|upcoming|all)$/.test(verb))
    return [called, 'the', ...tool.name.split('_').slice(1)].join(' ');
  const bare = verb.replace(/(?<=(?:ch|sh|ss|x))es$|(?<=[^s])s$/, '');
  const isPhrase =
    /^(?:the|a|an|one|your|all|any|free|more|callers?|for|in|up|on|off|out|back|about|new|of|and|that|for|when|whether|how|what|where|who|to|with|this|one|two|their|its|some|is)$/;
  const verbs = [bare, ...rest].join(' ');
  const isDeed =
    bare === called || wishVerbs.has(bare) || isPhrase.test(rest[0] ?? '') || rest.length === 0;
  if (!isDeed) return [called, 'the', ...tool.name.split('_').slice(1)].join(' ');
  if (bare === verb) return kept;
  return bare === called || isPhrase.test(rest[0] ?? '')
    ? verbs.replace(/ and (\w+)s (?=(?:the|an?|your)\b)/, ' and $1 ')
    : kept;
}

/** What is for certain cases only is not offered to everybody. */
const onlyAtTimes = /\b(?:for|only) (?:when|if|after)\b/i;

/** "I can …, … or …": own tools first. */
export function abilitiesSentence(tools: readonly Tool[]): string {
  const own = tools
    .filter(
      ({ role, verifies, description }) =>
        role === 'own' && !verifies && !onlyAtTimes.test(description),
    )
    .map(abilityOf);
  const targets = tools
    .filter(({ role, general }) => role === 'transfer' && !general)
    .map(({ target }) => target);
  const abilities = [...new Set(own)].slice(0, 4);
  if (abilities.length === 0 && targets.length > 0)
    abilities.push(`put you through to ${listed(targets, 'or')}`);
  return abilities.length === 0 ? '' : `I can ${listed(abilities, 'or')}.`;
}

/** The same sentence in the eyes of a listener. */
export const sameSentence = (text: string): string => plain(text).replaceAll(/[^a-z0-9 ]/g, '');
