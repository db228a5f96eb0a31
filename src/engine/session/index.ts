export {
  openSession,
  previewSession,
  type Seat,
  type Session,
  type SessionClient,
  type SessionOptions,
  type SessionParts,
} from './session.ts';
