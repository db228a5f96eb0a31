import { randomUUID } from 'node:crypto';

/** Makes identifiers; injected so that tests read the same ones every time. */
export type NewId = (prefix: string) => string;

/** `prefix_` followed by 32 hexadecimal characters from the operating system's randomness. */
export const randomId: NewId = (prefix) => `${prefix}_${randomUUID().replaceAll('-', '')}`;

/** `prefix_1`, `prefix_2`, … in the order asked for. */
export function countedIds(): NewId {
  let count = 0;
  return (prefix) => `${prefix}_${++count}`;
}
