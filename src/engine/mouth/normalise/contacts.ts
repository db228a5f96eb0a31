import { digitByDigit, digitGroups } from './numbers.ts';

const email = /\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b/g;
const url = /\b(?:https?:\/\/|www\.)[^\s<>"]*[^\s<>".,;:!?)]/gi;
const phone =
  /(?<![\w.,/:-])(?:\+\d{1,3}[\s.-]?)?(?:\(\d{1,5}\)[\s.-]?)?\d{2,11}(?:[\s.-]\d{2,6}){0,4}(?![\w/:]|[.,-]\d)/g;

/** Addresses on the web that are written without their beginning. */
const domain =
  /(?<![\w@.-])(?:[a-z0-9-]+\.)+(?:com|org|net|uk|io|dev|app|info|eu|ie|de|fr|gov|edu)(?:\/[^\s<>"]*[^\s<>".,;:!?)])?(?![\w@])/g;

/** E-mail and web addresses in words. */
export function speakAddresses(text: string): string {
  return text
    .replace(email, addressWords)
    .replace(url, (found) =>
      addressWords(found.replace(/^https?:\/\//i, '').replace(/[?#].*$/, '')),
    )
    .replace(domain, addressWords);
}

/** Phone numbers digit by digit, in the groups they were written in. */
export function speakPhones(text: string): string {
  return text
    .replace(
      /\b((?:call|dial|ring|phone|text)\s)(\d{3,6})(?![\d:.,/-]?\d)/gi,
      (_all, verb: string, digits: string) => `${verb}${digitGroups(digits)}`,
    )
    .replace(phone, (found) => {
      const digits = found.replace(/\D/g, '');
      const looksDialled = /^[+(0]/.test(found)
        ? digits.length >= 7
        : /^\d{3}[\s.-]\d{3,4}([\s.-]\d{4})?$/.test(found);
      if (!looksDialled || digits.length > 15) return found;
      const parts = found.match(/\d+/g) ?? [];
      const groups = parts.map((part, index) =>
        part.length === 11 && part.startsWith('0')
          ? [part.slice(0, 5), part.slice(5, 8), part.slice(8)].map(digitByDigit).join(', ')
          : index === 0 && part.length <= 5
            ? digitByDigit(part)
            : digitGroups(part),
      );
      return found.startsWith('+') ? `plus ${groups.join(', ')}` : groups.join(', ');
    });
}

function addressWords(address: string): string {
  const words: Readonly<Record<string, string>> = {
    '.': 'dot',
    '@': 'at',
    '-': 'dash',
    _: 'underscore',
    '+': 'plus',
    '/': 'slash',
  };
  return address
    .replace(/\/$/, '')
    .replace(/\bwww\b/gi, 'double U double U double U')
    .replace(/(?<=\.)(?:uk|eu|io|ie)\b/g, (found) => Array.from(found.toUpperCase()).join(' '))
    .replace(/[.@_+/-]/g, (sign) => ` ${words[sign]} `)
    .replace(/\d+/g, (digits) => ` ${digitByDigit(digits)} `)
    .replace(/\s+/g, ' ')
    .trim();
}
