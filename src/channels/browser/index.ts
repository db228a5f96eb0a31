export { serveCallSocket, type CallSocketLimits, type CallSocketOptions } from './call-socket.ts';
export { maxTextFrameBytes } from './frames.ts';
