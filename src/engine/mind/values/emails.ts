import { plain } from '../language/index.ts';
import { numberAt } from './numbers.ts';
import { alphabetSpelled, spelledPlainly } from './spelling.ts';

const written = /[a-z0-9][\w.+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)+/i;
/** What stands before an address and is no part of it. */
const lead =
  /^(?:.*\b(?:e-?mail(?: address)?|address|it|that|this|me|write to|send (?:it|that|them) to|reach me)(?:'s| is| would be|s)?(?: at| on| to)?|(?:yes|yeah|sure|ok|okay|no|sorry|um|uh|well|so|please|of course|the|to|at|use|and|is|it's|that's|its|thats|my)\b)[,:]? /;
const remark =
  /,?\b(?:(?:that's |it's )?all (?:in )?(?:one word|lower ?case|small letters?|small|together)|(?:in )?lower ?case|no spaces?|one word|please|thanks|thank you)\b/g;
const signs: Readonly<Record<string, string>> = {
  ...{ dot: '.', point: '.', period: '.', underscore: '_', dash: '-', hyphen: '-', minus: '-' },
  ...{ plus: '+' },
};

/** An e-mail address as it is said: "jane dot miller at example dot com". Lower case. */
export function emailIn(text: string): string | undefined {
  const exact = written.exec(text)?.[0];
  if (exact !== undefined) return exact.replace(/[.,]+$/, '').toLowerCase();
  const said = alphabetSpelled(
    spelledPlainly(
      plain(text)
        .replaceAll(remark, ' ')
        .replaceAll(/[,;:!?]|\.(?=\s|$)/g, ' ')
        .replaceAll(/\bat (?:the )?sign\b/g, 'at')
        .replaceAll(/\s+/g, ' ')
        .trim(),
    ),
  );
  // The last "at" that a domain follows.
  const parts =
    /^(.*) (?:at|@) ((?:[a-z0-9-]+ )*?[a-z0-9-]+(?: (?:dot|point|period) [a-z]+(?: [a-z])*)+)(?: .*)?$/.exec(
      said,
    );
  if (!parts) return undefined;
  const [, before = '', domain = ''] = parts;
  const local = joined(withoutLead(before));
  const host = joined(hostOf(domain));
  const address = `${local}@${host}`;
  return /^[a-z0-9](?:[\w.+-]*\w)?@(?:[a-z0-9-]+\.)+[a-z]{2,}$/.test(address) ? address : undefined;
}

function withoutLead(text: string): string {
  let rest = text;
  for (let cut = rest.replace(lead, ''); cut !== rest; cut = rest.replace(lead, '')) rest = cut;
  return rest;
}

/** The words of a domain, as far as its last part: what comes after belongs to the sentence. */
function hostOf(text: string): string {
  const words = text.split(' ');
  const lastDot = words.findLastIndex((word) => /^(?:dot|point|period)$/.test(word));
  let end = lastDot + 2;
  if (words[lastDot + 1]?.length === 1)
    while (end < words.length && words[end]?.length === 1) end += 1; // "dot c o m"
  return words.slice(0, end).join(' ');
}

/** Words and signs run together; numbers in words become figures. */
function joined(text: string): string {
  const words = text.split(' ').filter((word) => word !== '');
  let address = '';
  for (let index = 0; index < words.length;) {
    const word = words[index] ?? '';
    const times = { double: 2, triple: 3 }[word];
    const number = numberAt(words, times === undefined ? index : index + 1);
    if (number && Number.isInteger(number.value)) {
      address += String(number.value).repeat(times ?? 1);
      index = number.end;
      continue;
    }
    address += word === 'oh' ? '0' : (signs[word] ?? word.replaceAll("'", ''));
    index += 1;
  }
  return address;
}
