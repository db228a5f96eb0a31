export {
  maxAppendMs,
  maxGarbage,
  openSession,
  type Session,
  type SessionParts,
} from './session.ts';
