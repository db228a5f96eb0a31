import { expect, test } from 'vitest';
import { readSettings } from './settings.ts';

const src = 'https://line.example/widget.js?v=1';
const read = (dataset: Record<string, string>, language = '') =>
  readSettings({ src, dataset }, language);

test('the server is where the script came from', () => {
  expect(read({ desk: 'front-desk' })).toMatchObject({
    server: 'https://line.example',
    desk: 'front-desk',
    label: 'Call',
    side: 'right',
  });
});

test.each([
  ['the tag says so', { lang: 'de' }, 'fr', 'de'],
  ['the page is in it', {}, 'fr-CA', 'fr'],
  ['there are no words in the one wanted', { lang: 'tlh' }, 'es', 'es'],
  ['nothing else is known', {}, '', 'en'],
])('speaks a language because %s', (_why, dataset, page, language) => {
  expect(read(dataset, page).language).toBe(language);
});

test.each([
  ['#0f766e', '#ffffff'],
  ['#FFD400', '#000000'],
  ['#777777', '#000000'],
])('what stands on %s can be read', (color, text) => {
  expect(read({ color }).color).toEqual({ ground: color, text });
});

test('a colour that is none changes nothing', () => {
  expect(read({ color: 'red;}' }).color).toBeNull();
});
