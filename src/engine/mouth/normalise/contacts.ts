import { digitByDigit } from './numbers.ts';

const email = /\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b/g;
const url = /\b(?:https?:\/\/|www\.)[^\s<>"]*[^\s<>".,;:!?)]/gi;
const phone =
  /(?<![\w.,/:-])(?:\+\d{1,3}[\s.-]?)?(?:\(\d{1,5}\)[\s.-]?)?\d{2,5}(?:[\s.-]\d{2,5}){0,4}(?![\w/:]|[.,-]\d)/g;

/** E-mail and web addresses in words, phone numbers digit by digit in the groups they were written in. */
export function speakContacts(text: string): string {
  return text
    .replace(email, addressWords)
    .replace(url, (found) =>
      addressWords(found.replace(/^https?:\/\//i, '').replace(/[?#].*$/, '')),
    )
    .replace(phone, (found) => {
      const digits = found.replace(/\D/g, '');
      const looksDialled = /^[+(0]/.test(found)
        ? digits.length >= 7
        : /^\d{3}[\s.-]\d{3,4}([\s.-]\d{4})?$/.test(found);
      if (!looksDialled || digits.length > 15) return found;
      const groups = (found.match(/\d+/g) ?? []).map(digitByDigit).join(', ');
      return found.startsWith('+') ? `plus ${groups}` : groups;
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
    .replace(/[.@_+/-]/g, (sign) => ` ${words[sign]} `)
    .replace(/\d+/g, (digits) => ` ${digitByDigit(digits)} `)
    .replace(/\s+/g, ' ')
    .trim();
}
