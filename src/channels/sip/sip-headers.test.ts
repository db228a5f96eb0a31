import { describe, expect, it } from 'vitest';
import { partiesOf } from './sip-headers.ts';

const from = (value: string) => [{ name: 'From', value }];

describe('the numbers in the headers of a call', () => {
  it.each([
    ['"Jane Doe" <sip:+441632960001@carrier.example;user=phone>;tag=a1', '+441632960001'],
    ['<tel:+44-1632-960-001>', '+441632960001'],
    ['sip:00441632960001@carrier.example', '+441632960001'],
    ['<sips:441632960001@carrier.example>', '+441632960001'],
  ])('of %s', (value, number) => {
    expect(partiesOf(from(value)).caller).toBe(number);
  });

  it.each([
    '<sip:anonymous@anonymous.invalid>',
    '<sip:jane@carrier.example>',
    '<sip:+0123@carrier.example>',
    '',
    `<sip:${'9'.repeat(5_000)}@carrier.example>`,
  ])('are none where there is none: %#', (value) => {
    expect(partiesOf(from(value)).caller).toBeUndefined();
  });

  it('prefer what the network asserts to what the caller writes', () => {
    const headers = [
      ...from('<sip:+441632960009@carrier.example>'),
      { name: 'P-Asserted-Identity', value: '<sip:+441632960001@carrier.example>' },
    ];
    expect(partiesOf(headers).caller).toBe('+441632960001');
  });

  it('look behind an address that is no number for the one that was dialled', () => {
    const headers = [
      { name: 'To', value: '<sip:proj_abc@sip.api.openai.com;transport=tls>' },
      { name: 'Diversion', value: '<sip:+442079460000@carrier.example>;reason=unconditional' },
    ];
    expect(partiesOf(headers)).toEqual({ caller: undefined, called: '+442079460000' });
  });
});
