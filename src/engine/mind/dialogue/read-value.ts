import { isBareAnswer, plain, termsOf, wordsOf } from '../language/index.ts';
import { fits, type Param } from '../toolbox.ts';
import {
  addressIn,
  areaIn,
  amountIn,
  causeIn,
  datesIn,
  emailIn,
  freeTextIn,
  identifierIn,
  internationally,
  nameIn,
  nightsIn,
  numbersIn,
  optionIn,
  optionsNamed,
  pastDateIn,
  phoneIn,
  placeIn,
  quantityIn,
  spelledRuns,
  toldIn,
  urgencyIn,
  wantedAlong,
  whenIn,
  yesOrNo,
  type Option,
} from '../values/index.ts';
import { isDayFirst, type Looking, type Reading } from './looking.ts';
import { dayFor, momentFor, timeFor } from './read-moment.ts';
import type { Scene } from './state.ts';

/** Reads a parameter's value from what the caller said. */
export function readValue(scene: Scene, param: Param, looking: Looking): Reading {
  const { text, expected } = looking;
  const checked = (value: unknown): Reading =>
    value !== undefined && fits(param, value) ? { value } : {};
  switch (param.kind) {
    case 'date':
      return param.past ? pastDay(scene, param, looking) : checked(dayFor(scene, param, looking));
    case 'time':
      return timeFor(scene, param, looking);
    case 'moment':
      return momentFor(scene, param, looking);
    case 'number':
      return numeric(scene, param, looking);
    case 'boolean':
      return checked(expected ? yesOrNo(text) : wantedAlong(text, namesOf(param), stemsOf));
    case 'enum':
      return checked(
        (
          (isScale.test(param.name) ? urgencyIn(optionsOf(param), text) : undefined) ??
          optionIn(optionsOf(param), text, expected)
        )?.value,
      );
    case 'identifier': {
      if (!expected && !param.pattern && !holdsCode(text)) return {};
      const reading = identifierIn(text, param.pattern, looking.part ?? '');
      if (reading.found === 'whole') return checked(reading.value);
      return reading.found === 'part' && expected ? { part: reading.part } : {};
    }
    case 'phone':
      return telephone(scene, param, looking);
    case 'email':
      return checked(emailIn(text));
    case 'name':
      return checked(
        partOfName(
          param,
          calledThing(param, text) ?? nameIn(text, expected) ?? nameOfThing(param, looking),
          looking,
        ),
      );
    case 'address':
      return checked(addressIn(text, expected));
    case 'list':
      return checked(several(param, looking));
    case 'text':
      if (isWhen(param)) return checked(whenIn(text, expected));
      if (param.verbatim && !expected) return checked(toldIn(text));
      if (expected) return isOnlyDigits(text) ? {} : checked(freeTextIn(text, true));
      return checked(freeTextIn(text, false) ?? toldOf(param, text) ?? areaOf(param, text));
    case 'choice':
    case 'unsupported':
      return {};
  }
}

/** How pressing something is. */
const isScale = /(?:^|_)(?:urgency|priority|severity)$/;

/** A row of digits is no answer where words are asked for. */
const isOnlyDigits = (text: string): boolean => {
  const words = wordsOf(text);
  return (
    words.length >= 4 &&
    words.every((word) => /^(?:double|triple|oh|and)$/.test(word) || numbersIn(word).length > 0)
  );
};

/** What a sentence tells along the way, for parameters that ask why, what is wrong, or where. */
function toldOf({ name, description }: Param, text: string): string | undefined {
  const words = `${name.replaceAll('_', ' ')} ${description}`;
  if (whyWords.test(words)) return causeIn(text);
  if (whereWords.test(words)) return placeIn(text);
  return /\b(?:name|who|which|certain|particular|preferred)\b/i.test(words)
    ? titledName.exec(text)?.[1]
    : undefined;
}
/** Somebody who works there, by title: "could doctor lee see him". */
const titledName =
  /\b(?:dr\.?|doctor|mrs?\.?|ms\.?|miss|professor) (?!to\b|can\b|could\b|please\b)(\p{L}{3,})/iu;

/** The part of the world that something is to be in. */
const areaOf = ({ name, description }: Param, text: string): string | undefined =>
  /(?:^|_)(?:area|city|town|district|neighbou?rhood|region|village|suburb|destination|location)s?$/.test(
    name,
  ) ||
  /\b(?:part of (?:the )?(?:town|city)|which (?:town|city|area)|neighbou?rhood)\b/i.test(
    description,
  )
    ? areaIn(text)
    : undefined;

const whyWords =
  /\b(?:reason|problem|issue|fault|complaint|symptoms?|wrong|what happened|why|trouble)\b/i;
const whereWords = /^(?:location|place|where)\b|\bwhere the\b/i;

/** Whether an utterance plainly holds a code: letters with digits among them, or words that say so. */
const holdsCode = (text: string): boolean =>
  /\d|\b(?:number|reference|code|id)\b/.test(plain(text)) ||
  spelledRuns(text).some(([run = '']) => run.length >= 5 && /[A-Z]/.test(run) && /\d/.test(run));

/** A time in the caller's own words. */
const isWhen = ({ name }: Param): boolean => /^(?:when|time|moment)\b|_(?:when|time)$/.test(name);

const optionsOf = ({ options, optionWords }: Param): Option[] =>
  options.map((value, index) => ({
    value,
    ...(optionWords[index] ?? { label: String(value), about: '' }),
  }));

const stemsOf = (text: string): string[] => termsOf(text).map(({ stem }) => stem);

/** What a yes or no is about: the words of its name that tell it from others. */
const namesOf = ({ name }: Param): string[] =>
  termsOf(
    name
      .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .replaceAll('_', ' ')
      .replaceAll(
        /\b(?:has|is|with|wants?|needs?|required?|include[sd]?|including|add|own|new)\b/g,
        ' ',
      ),
  ).map(({ stem }) => stem);

/** A birthday: what was said of it before, a year may now complete. */
function pastDay(scene: Scene, param: Param, { text, expected, part = '' }: Looking): Reading {
  const { today, timeZone = '' } = scene.prompt;
  // Where a zone lies says how its people write days.
  const about = { expected, dayFirst: isDayFirst(timeZone) };
  const date = pastDateIn(text, today, about);
  const joined =
    date?.found === 'whole' || part === ''
      ? date
      : pastDateIn(`${part} ${text}`, today, { ...about, expected: true });
  const best = joined ?? date;
  if (best?.found === 'whole') return fits(param, best.iso) ? { value: best.iso } : {};
  return best && expected ? { part: best.part } : {};
}

const countless = /\b(?:number|count|how|many|much|total|size|quantity|amount|people|persons?)\b/g;
const nounsOf = ({ name, description }: Param): string[] =>
  stemsOf(`${name.replaceAll('_', ' ')} ${description}`.toLowerCase().replaceAll(countless, ' '));
const moneyName =
  /(?:^|_)(?:amount|price|cost|total|fee|budget|deposit|payment|balance|donation|tip|value|offer)(?:_|$)/;
const currency = /\b(?:pounds?|dollars?|euros?|pence|cents|currency|money|gbp|usd|eur)\b/i;

/** "Under ten thousand", "up to five hundred": money without its name. */
const limited =
  /\b(?:under|below|up to|(?:go|going|be|get) (?:over|above|beyond|as high as)|more than|no more than|not more than|at most|less than|max(?:imum)?(?: of)?|over|at least|budget(?: of| is|'s)?|spend(?:ing)?(?: up to| about| around)?) (.+)$/;
const leastBound = 50;
/** So much is money where money is asked for, also when nothing says so: "three hundred thousand". */
const leastLarge = 1000;
/** Rows of digits are codes and telephone numbers, years are days. */
const isWrittenOut = (text: string): boolean => !/\b(?:thousand|million|grand|k)\b/i.test(text);

const digit =
  '(?:\\d+|oh|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|double|triple)';

const timed = new RegExp(
  `\\b(?:at|around|about|by|before|after|until|till|past|for)(?: ${digit})+\\b`,
  'g',
);
/** "In four oh five": the number of something, of three digits or more, said without its name. */
function borne(param: Param, text: string): Reading {
  const value = spelledRuns(plain(text).replaceAll(timed, ' '))
    .flatMap((run) => run.slice(0, 4))
    .find((digits) => /^[1-9]\d{2,4}$/.test(digits) && fits(param, Number(digits)));
  return value === undefined ? {} : { value: Number(value) };
}

/** Without the numbers that other things bear: "to table twelve". */
const withoutBorne = (text: string, beside: readonly Param[]): string =>
  beside.reduce((rest, { name }) => {
    const noun = isCounter.test(name)
      ? plain(name).replace(isCounter, '').replaceAll('_', ' ').trim()
      : '';
    return noun === ''
      ? rest
      : rest.replace(new RegExp(`\\b${noun}(?: number)?(?: ${digit}\\b)+`, 'i'), ' ');
  }, text);

/** A number that something bears, rather than one of how many. */
const isCounter = /(?<=^|_)(?:number|no|nr|id|code)$/;

/** How many nights: between two days, or of a week; "tonight" is one. */
function nightsOf(scene: Scene, { name }: Param, text: string): number | undefined {
  if (!/(?:^|_)nights?(?:_|$)/.test(name)) return undefined;
  const [from, to] = datesIn(text, scene.prompt.today, {
    dayFirst: isDayFirst(scene.prompt.timeZone),
  });
  if (from !== undefined && to !== undefined && to > from)
    return Math.round((Date.parse(to) - Date.parse(from)) / dayMs);
  return nightsIn(text);
}
const dayMs = 24 * 60 * 60 * 1000;

function numeric(scene: Scene, param: Param, { text, expected, beside = [] }: Looking): Reading {
  const words = `${param.name.replaceAll('_', ' ')} ${param.description}`;
  if (currency.test(words) || (moneyName.test(param.name) && /money|pay/i.test(words))) {
    const isMinor = /_(?:cents|pence|minor)$|\bin (?:cents|pence|minor)/i.test(
      `${param.name} ${param.description}`,
    );
    const limit = expected ? undefined : limited.exec(plain(text))?.[1];
    const bound = limit === undefined ? undefined : amountIn(limit, { expected: true });
    const [large, more] = expected ? [] : numbersIn(text).filter((one) => one >= leastLarge);
    const amount =
      amountIn(text, { expected }) ??
      (bound !== undefined && bound >= leastBound ? bound : undefined) ??
      (more === undefined && !isWrittenOut(text) ? large : undefined);
    if (amount === undefined) return {};
    const value = isMinor ? Math.round(amount * 100) : amount;
    return fits(param, value) ? { value } : {};
  }
  if (isCounter.test(param.name)) {
    // "Number four one seven two" counts nothing: it is read digit by digit.
    const noun = plain(param.name).replace(isCounter, '').replaceAll('_', ' ').trim();
    const behind =
      noun === ''
        ? undefined
        : plain(text)
            .split(new RegExp(`\\b${noun}\\b`))
            .at(-1);
    const isSaid = behind !== undefined && behind !== plain(text);
    const code =
      expected || isSaid || holdsCode(text)
        ? identifierIn(isSaid ? behind : text, /^\d{1,15}$/u)
        : undefined;
    if (code?.found === 'whole' && fits(param, Number(code.value)))
      return { value: Number(code.value) };
    if (!expected) return borne(param, text);
  }
  const span =
    expected || /night|days?$/.test(param.name) ? nightsOf(scene, param, text) : undefined;
  if (span !== undefined && fits(param, span)) return { value: span };
  const value = quantityIn(
    withoutBorne(text, beside),
    {
      nouns: nounsOf(param),
      others: beside.filter(({ kind }) => kind === 'number').flatMap(nounsOf),
      ...{ words, expected },
    },
    (number) => fits(param, number),
  );
  return value === undefined ? {} : { value };
}

function telephone(scene: Scene, param: Param, { text, expected, part = '' }: Looking): Reading {
  const reading = phoneIn(text, { expected, heardBefore: part });
  if (reading.found === 'part') return { part: reading.part };
  if (reading.found === 'nothing') return {};
  const { digits } = reading;
  // Unasked, a short row of digits may be anything.
  if (!expected && digits.length < 9 && !/\b(?:phone|mobile|call|ring|reach)\b/i.test(text))
    return {};
  const forms = [digits, internationally(digits, scene.prompt.timeZone), digits.replace('+', '00')];
  const value = forms.find((form) => fits(param, form));
  return value === undefined ? {} : { value };
}

const ofPerson =
  /^(?:(?:your|the|full|first|last|middle|given|family|sur|maiden|caller|customer|client|guest|patient|contact|holder|owner|member|user|participant|tenant|account|cardholder|passenger|visitor|student|person|employee|staff|display|user)_?)*(?:sur)?name$/;

/** What is no person, by its name in capitals behind "my …". */
const calledThing = ({ name }: Param, text: string): string | undefined =>
  ofPerson.test(name.toLowerCase())
    ? undefined
    : /\b(?:[Mm]y|[Oo]ur|[Tt]he) (?:[a-z]+ ){1,3}([A-Z][a-z]+)(?![\w'])/.exec(text)?.[1];

/** What is no person may be called anything: a single word that answers for it. */
function nameOfThing({ name }: Param, { text, expected }: Looking): string | undefined {
  if (ofPerson.test(name.toLowerCase()) || !expected) return undefined;
  const said = text.trim().replace(/[.!?]$/, '');
  const bare = said.replace(/^(?:(?:it's|it is|that's|oh|um|for|just|she's|he's)\s+)+/i, '');
  return wordsOf(bare).length <= 2 && !isBareAnswer(bare) && !/\d/.test(bare)
    ? bare.replaceAll(/(?<![\p{L}'])\p{L}/gu, (letter) => letter.toUpperCase())
    : undefined;
}

/** The part of a name that is wanted: first or last, where they are asked for one by one. */
function partOfName(
  param: Param,
  name: string | undefined,
  { text, expected, beside = [] }: Looking,
): string | undefined {
  const part = namePart(param);
  if (name === undefined || part === undefined) return name;
  const words = name.split(' ');
  if (words.length > 1) return part === 'first' ? words[0] : words.slice(1).join(' ');
  const isSaid = (part === 'first' ? /\bfirst name\b/i : /\b(?:sur|last |family )name\b/i).test(
    text,
  );
  const isAlone = !beside.some((other) => namePart(other) !== undefined);
  return expected || isSaid || isAlone ? name : undefined;
}

/** Whether a parameter takes only the first or only the last name. */
export function namePart({ kind, name }: Param): 'first' | 'last' | undefined {
  if (kind !== 'name') return undefined;
  if (/(?:^|_)(?:first|given)_?name|^forename/i.test(name)) return 'first';
  return /(?:^|_)(?:last|family)_?name|surname/i.test(name) ? 'last' : undefined;
}

const nothingOf =
  /^(?:(?:no|none|nothing|nope|neither)\b(?: (?:of (?:them|those|these)|thanks|thank you|please|at all))?)[.!]?$/i;

function several(param: Param, { text, expected }: Looking): unknown {
  const { item } = param;
  if (!item) return undefined;
  const said = plain(text).trim();
  if (expected && nothingOf.test(said)) return [];
  if (item.options.length > 0) {
    if (expected && /\b(?:all|both|everything|every one)\b/.test(said)) return [...item.options];
    const named = optionsNamed(optionsOf(item), text).map(({ value }) => value);
    if (named.length > 0) return named;
    const one = optionIn(optionsOf(item), text, expected)?.value;
    return one === undefined ? undefined : [one];
  }
  if (!expected) return undefined;
  const kept = freeTextIn(text.replace(/[,.]? (?:please|thanks|thank you)[.!]?$/i, ''), true);
  return kept
    ?.split(/\s*,\s*(?:and\s+)?|\s+and\s+(?:also\s+)?/i)
    .map((one) => one.trim())
    .filter((one) => one !== '');
}
