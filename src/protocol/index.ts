export * from './trail.ts';
export * from './api.ts';
export * from './realtime/index.ts';
export {
  dialJob,
  type DialJobShown,
  dialListResponse,
  dialRequest,
  type DialRequestBody,
  dialResponse,
  doNotCallListResponse,
  doNotCallRequest,
  doNotCallResponse,
} from './dial-api.ts';
