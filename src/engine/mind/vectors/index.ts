export { alike, openWordVectors, type WordVectors } from './word-vectors.ts';
