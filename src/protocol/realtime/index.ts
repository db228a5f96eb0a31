export {
  clientEvent,
  type ClientEvent,
  type ClientEventOf,
  type ClientEventType,
} from './client-events.ts';
export type { ClientSecretRequest } from './client-secrets.ts';
export {
  decodeClientFrame,
  decodeClientSecretRequest,
  decodeSessionPatch,
  type DecodedBody,
  type DecodedFrame,
  type FrameFault,
} from './decode.ts';
export { clientItem, serverItem, type ClientItem, type ServerItem } from './items.ts';
export {
  serverEvent,
  type ErrorBody,
  type ResponseView,
  type ServerEvent,
  type ServerEventBody,
  type ServerEventType,
  type SessionView,
  type StatusDetails,
  type UsageView,
} from './server-events.ts';
export {
  sessionPatch,
  type ResponseParams,
  type SessionPatch,
  type ToolChoice,
  type TurnDetectionConfig,
} from './session-config.ts';
