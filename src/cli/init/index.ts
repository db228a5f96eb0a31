export { makeDesk, type MadeDesk } from './make-desk.ts';
