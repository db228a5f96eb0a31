export {
  createBrowserCalls,
  type BrowserCalls,
  type BrowserCallsOptions,
} from './browser-calls.ts';
export { createCallPeers, type CallPeers, type OfferAnswer, type PageOffer } from './call-peer.ts';
export { serveCallSocket } from './call-socket.ts';
export { maxTextFrameBytes } from './frames.ts';
export { defaultLimits, type PageLimits } from './limits.ts';
